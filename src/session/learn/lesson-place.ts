/** @file What an address behind the door Learn names: the list, a lesson and its step, the teacher's sheet; and its options. */
import { COURSE_LESSONS } from '../../lessons/course/index.ts';
import { LESSON_STEPS, type LessonStepName } from '../../lessons/course/lesson.ts';
import { sayIn, type Message } from '../../words/messages/message.ts';
import { LANGUAGES, type LanguageName } from '../../words/messages/languages.ts';
import type learnTexts from '../../words/messages/en/learn.ts';
import type { DoorPlace } from '../address.ts';

const say = sayIn<typeof learnTexts>('learn');

/** What a teacher's link may hide. */
export const HIDEABLE = ['doors', 'words', 'try'] as const;
export type Hideable = (typeof HIDEABLE)[number];

export interface LearnOptions {
  /** The seed that all see; `each` for one of their own; null for the lesson's. */
  draw: number | 'each' | null;
  hide: readonly Hideable[];
  projector: boolean;
  embed: boolean;
  language: LanguageName;
}

export const NO_OPTIONS: LearnOptions = { draw: null, hide: [], projector: false, embed: false, language: 'en' };

export type LearnPlace = { options: LearnOptions } & (
  { page: 'index' } | { page: 'teach' } | { page: 'lesson'; lesson: string; step: LessonStepName }
);

/** Seeds as an experiment takes them. */
export const MOST_SEED = 2 ** 32 - 1;

/** Where an address leads, and what in it could not be read. What names no lesson leads to the list. */
export function learnPlaceOf({ path, query }: Pick<DoorPlace, 'path' | 'query'>): {
  place: LearnPlace;
  troubles: readonly Message[];
} {
  const { options, troubles } = optionsIn(query);
  const [name, step, ...more] = path;
  if (name === undefined) return { place: { page: 'index', options }, troubles };
  if (name === 'teach' && step === undefined) return { place: { page: 'teach', options }, troubles };
  if (!COURSE_LESSONS.some(({ id }) => id === name)) {
    return {
      place: { page: 'index', options },
      troubles: [...troubles, say('address.no-lesson', { name: cut(name) })],
    };
  }
  const place = { page: 'lesson', lesson: name, options } as const;
  const found = LESSON_STEPS.find((known) => known === step);
  if (found && more.length === 0) return { place: { ...place, step: found }, troubles };
  const wrong = step === undefined ? [] : [say('address.no-step', { name: cut([step, ...more].join('/')) })];
  return { place: { ...place, step: 'ask' }, troubles: [...troubles, ...wrong] };
}

/** The way back: what stands behind `#/learn`. */
export function doorPlaceOf(place: LearnPlace): DoorPlace {
  const path = place.page === 'index' ? [] : place.page === 'teach' ? ['teach'] : [place.lesson, place.step];
  return { door: 'learn', path, query: queryOf(place.options) };
}

export function queryOf({ draw, hide, projector, embed, language }: LearnOptions): string {
  return [
    draw === null ? '' : `draw=${draw}`,
    hide.length === 0 ? '' : `hide=${hide.join(',')}`,
    projector ? 'projector' : '',
    embed ? 'embed' : '',
    language === 'en' ? '' : `language=${language}`,
  ]
    .filter((part) => part !== '')
    .join('&');
}

const cut = (text: string) => (text.length > 40 ? `${text.slice(0, 40)} …` : text);

function optionsIn(query: string): { options: LearnOptions; troubles: Message[] } {
  const options = { ...NO_OPTIONS };
  const troubles: Message[] = [];
  const refuse = (field: string, remedy: Message) =>
    troubles.push(say('address.refused', { field: cut(field), remedy }));
  for (const part of query.split('&').filter((text) => text !== '')) {
    const at = part.indexOf('=');
    const key = at === -1 ? part : part.slice(0, at);
    const value = at === -1 ? '' : decoded(part.slice(at + 1));
    switch (key) {
      case 'draw':
        if (value === 'each') options.draw = 'each';
        else if (/^\d{1,10}$/.test(value) && Number(value) <= MOST_SEED) options.draw = Number(value);
        else refuse(part, say('address.draw', { most: String(MOST_SEED) }));
        break;
      case 'hide': {
        const names = value.split(',').filter((name) => name !== '');
        options.hide = HIDEABLE.filter((name) => names.includes(name));
        if (names.length === 0 || names.some((name) => !HIDEABLE.some((known) => known === name)))
          refuse(part, say('address.hide', { known: HIDEABLE.join(', ') }));
        break;
      }
      case 'projector':
      case 'embed':
        if (value === '') options[key] = true;
        else refuse(part, say('address.no-value', { field: key }));
        break;
      case 'language':
        if (Object.hasOwn(LANGUAGES, value)) options.language = value as LanguageName;
        else refuse(part, say('address.language', { known: Object.keys(LANGUAGES).join(', ') }));
        break;
      default:
        refuse(part, say('address.unknown'));
    }
  }
  return { options, troubles };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // It is refused as it stands.
  }
}
