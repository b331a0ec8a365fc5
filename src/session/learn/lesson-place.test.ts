/** @file Addresses behind the door Learn: where they lead, and what in them is refused. */
import { expect, it } from 'vitest';
import { COURSE_LESSONS } from '../../lessons/course/index.ts';
import { placeIn } from '../address.ts';
import { addressOf } from '../address.ts';
import { doorPlaceOf, learnPlaceOf, NO_OPTIONS } from './lesson-place.ts';

const FIRST = COURSE_LESSONS[0]!.id;
const at = (address: string) => learnPlaceOf(placeIn(address).place!);

it.each([
  ['#/learn', { page: 'index' }],
  ['#/learn/teach', { page: 'teach' }],
  [`#/learn/${FIRST}`, { page: 'lesson', lesson: FIRST, step: 'ask' }],
  [`#/learn/${FIRST}/see`, { page: 'lesson', lesson: FIRST, step: 'see' }],
])('%s', (address, place) => {
  expect(at(address)).toEqual({ place: { ...place, options: NO_OPTIONS }, troubles: [] });
});

it.each([
  ['#/learn/nowhere', { page: 'index' }, 'address.no-lesson'],
  [`#/learn/${FIRST}/nowhere`, { page: 'lesson', step: 'ask' }, 'address.no-step'],
  [`#/learn/${FIRST}/see/more`, { page: 'lesson', step: 'ask' }, 'address.no-step'],
])('%s leads elsewhere, and says why', (address, place, key) => {
  const { place: found, troubles } = at(address);
  expect(found).toMatchObject(place);
  expect(troubles.map((trouble) => trouble.key)).toEqual([key]);
});

it.each(['draw=-1', 'draw=4294967296', 'draw=x', 'hide=nothing', 'hide=', 'projector=1', 'language=xx', 'wrong=1'])(
  '?%s is refused, and the default stays',
  (query) => {
    const { place, troubles } = at(`#/learn/${FIRST}/see?${query}`);
    expect(troubles.map(({ key }) => key)).toEqual(['address.refused']);
    expect(place.options).toEqual(NO_OPTIONS);
  },
);

it('what is written is read', () => {
  const options = { draw: 12, hide: ['doors', 'try'], projector: true, embed: true, language: 'rtl' } as const;
  const place = { page: 'lesson', lesson: FIRST, step: 'predict', options } as const;
  expect(at(addressOf(doorPlaceOf(place)))).toEqual({ place, troubles: [] });
});
