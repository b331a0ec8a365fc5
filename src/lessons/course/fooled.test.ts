/** @file The lesson "When is patience fooled?" does what it says, trained for real. */
import { describe, expect, it } from 'vitest';
import { descentOf, whenFooled } from './fooled.ts';
import { FOOLED_EFFECTS } from './fooled.testing.ts';
import { expectEffects, expectLesson, expectTransfer, sceneOf, SEEDS, trainAll } from './lesson.testing.ts';

const guesses = { pause: { kind: 'choice', option: 'stop' }, best: { kind: 'flag', epoch: 300 } } as const;

describe('when is patience fooled?', async () => {
  const runs = await trainAll(whenFooled.experiments);

  it('keeps what every lesson keeps', async () => {
    await expectLesson(whenFooled, runs, guesses);
  });

  it.each(SEEDS)('by a plateau, a drop and a second descent, seed %i', async (seed) => {
    const trained = seed === SEEDS[0] ? runs : await trainAll(whenFooled.experiments, seed);
    expectEffects(FOOLED_EFFECTS, trained, seed);
    const { trainLoss, error } = trained[2]!.curves;
    const { first, peak, end } = descentOf(trained[2]!);
    expect(trainLoss[peak - 1]).toBeLessThan(trainLoss[first - 1]!);
    expect(error[end - 1]).toBeLessThan(error[first - 1]!);
    expect(whenFooled.observation.right(sceneOf(trained))).toBe('falls');
  });

  it('says what it costs to stop at the pause, and what a flag costs', () => {
    const { error } = runs[0]!.curves;
    const least = Math.min(...error);
    const cost = (option: string, epoch: number) => {
      const said = { pause: { kind: 'choice', option }, best: { kind: 'flag', epoch } } as const;
      return whenFooled.answer(sceneOf(runs, said)).cost!.estimate.value;
    };
    expect(cost('stop', 300)).toBeCloseTo(error[39]! - least, 6);
    expect(cost('go', 300)).toBeCloseTo(error[299]! - least, 6);
  });

  it('ticks a task when it is done', () => {
    const [plateau, drop] = whenFooled.try.tasks;
    const done = (task: typeof plateau, run: number, patience: number) =>
      task!.done(sceneOf(runs, {}, { hand: { run, patience } }));
    expect([done(plateau, 1, 100), done(plateau, 1, 10), done(plateau, 1, 121)]).toEqual([true, false, false]);
    expect([done(drop, 2, 60), done(drop, 2, 10), done(drop, 1, 60)]).toEqual([true, false, false]);
  });

  it('asks again on other data, with another answer', async () => {
    expect(await expectTransfer(whenFooled)).toBe('level');
  });
});
