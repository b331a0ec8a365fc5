/** @file The lesson "Where does the error come from?" does what it says, trained for real. */
import { describe, expect, it } from 'vitest';
import {
  expectEffects,
  expectLesson,
  expectTransfer,
  sceneOf,
  SEEDS,
  trainAll,
  trainChanged,
} from './lesson.testing.ts';
import { crossing, whereFrom } from './where-from.ts';
import { WHERE_FROM_EFFECTS } from './where-from.testing.ts';

const heights = Array.from({ length: 590 }, () => 0.1);
const guesses = {
  bias2: { kind: 'curve', first: 11, heights },
  variance: { kind: 'curve', first: 11, heights },
  stop: { kind: 'flag', epoch: 400 },
} as const;

describe('where does the error come from?', async () => {
  const runs = await trainAll(whereFrom.experiments);

  it('keeps what every lesson keeps', async () => {
    await expectLesson(whereFrom, runs, guesses);
  });

  it.each(SEEDS)('bias falls, variance grows, seed %i', async (seed) => {
    const trained = seed === SEEDS[0] ? runs : await trainAll(whereFrom.experiments, seed);
    expectEffects(WHERE_FROM_EFFECTS, trained, seed);
    const { bias2, variance } = trained[0]!.curves;
    expect([bias2[0]! > 0.35, variance[0]! < 0.02]).toEqual([true, true]);
    expect([bias2[599]! < 0.02, variance[599]! > 0.1]).toEqual([true, true]);
    expect(crossing(trained[0]!)).toBeGreaterThan(30);
    expect(whereFrom.observation.right(sceneOf(trained))).toBe('after');
  });

  it('says what a stop costs', () => {
    const answer = whereFrom.answer(sceneOf(runs, guesses));
    const { error } = runs[0]!.curves;
    expect(answer.cost!.estimate.value).toBeCloseTo(error[399]! - Math.min(...error), 6);
  });

  it('ticks a task when it is done', async () => {
    const [halve, cross] = whereFrom.try.tasks;
    const more = await trainChanged(whereFrom, { 'data.trainSize': 60 });
    expect(halve!.done(sceneOf(runs, {}, { tried: [more] }))).toBe(true);
    const narrow = await trainChanged(whereFrom, { 'model.hidden': [2] });
    expect(halve!.done(sceneOf(runs, {}, { tried: [narrow] }))).toBe(false);
    const at = crossing(runs[0]!)!;
    expect([at - 1, at].map((epoch) => cross!.done(sceneOf(runs, {}, { hand: { epoch } })))).toEqual([true, false]);
  });

  it('asks again on other data, with another answer', async () => {
    expect(await expectTransfer(whereFrom)).toBe('bias2');
  });
});
