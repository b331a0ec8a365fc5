/** @file Addresses and the places that they name. */
import { describe, expect, it } from 'vitest';
import { addressOf, experimentLinkIn, placeIn } from './address.ts';

describe('an address', () => {
  it.each([
    ['#/workshop', 'workshop', [], ''],
    ['#/workshop/', 'workshop', [], ''],
    ['#/workshop?v=3&seed=4', 'workshop', [], 'v=3&seed=4'],
    ['#/workshop/false-stops?v=3', 'workshop', ['false-stops'], 'v=3'],
    ['#/logs', 'logs', [], ''],
    ['#v=1&data.source=moons', 'workshop', [], 'v=1&data.source=moons'],
    ['#data.source=moons&v=1', 'workshop', [], 'data.source=moons&v=1'],
    ['#/workshop?v=3&stopping.policy={"a":"?"}', 'workshop', [], 'v=3&stopping.policy={"a":"?"}'],
  ])('%s', (hash, door, path, query) => {
    expect(placeIn(hash)).toEqual({ place: { door, path, query }, trouble: '' });
  });

  it.each(['', '#', '#/'])('%j names no place, and is no mistake', (hash) => {
    expect(placeIn(hash)).toEqual({ place: null, trouble: '' });
  });

  it.each(['#garbage', '#/nowhere', '#/Workshop', '#verdict', '#seev=3'])('%s is said to name nothing', (hash) => {
    const { place, trouble } = placeIn(hash);
    expect(place).toBeNull();
    expect(trouble).toContain(`"${hash}"`);
  });

  it('is cut where it is told', () => {
    expect(placeIn(`#${'x'.repeat(100_000)}`).trouble.length).toBeLessThan(200);
  });

  it('is written so that it is read as the same place', () => {
    const place = { door: 'workshop', path: ['why'], query: 'v=3&seed=4' } as const;
    expect(placeIn(addressOf(place)).place).toEqual(place);
  });
});

describe('the link to an experiment', () => {
  it.each([
    ['#v=1&seed=4', '#v=1&seed=4'],
    ['#/workshop?v=1&seed=4', '#v=1&seed=4'],
    ['#/workshop/why?v=1', '#v=1'],
    ['#/workshop', ''],
    ['#/logs?v=1', ''],
    ['', ''],
  ])('%s', (hash, link) => {
    expect(experimentLinkIn(hash)).toBe(link);
  });
});
