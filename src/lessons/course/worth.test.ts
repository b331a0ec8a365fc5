/** @file The lesson "What is it worth?" does what it says, trained for real. */
import { describe, expect, it } from 'vitest';
import { expectEffects, expectLesson, expectTransfer, sceneOf, SEEDS, trainAll } from './lesson.testing.ts';
import { whatItIsWorth } from './worth.ts';
import { WORTH_EFFECTS } from './worth.testing.ts';

const guesses = { cheap: { kind: 'choice', option: '32' }, dear: { kind: 'choice', option: '16' } } as const;

describe('what is it worth?', async () => {
  const runs = await trainAll(whatItIsWorth.experiments);

  it('keeps what every lesson keeps', async () => {
    await expectLesson(whatItIsWorth, runs, guesses);
  });

  it.each(SEEDS)('each budget has its size, seed %i', async (seed) => {
    expectEffects(WORTH_EFFECTS, seed === SEEDS[0] ? runs : await trainAll(whatItIsWorth.experiments, seed), seed);
  });

  it('says what a size costs, by hand', () => {
    const at = (i: number, budget: number) => {
      const { tape } = runs[i]!;
      const { replicas, epochs } = tape.shape;
      let e = 0;
      while (e + 1 < epochs && tape.flops[e + 1]! <= budget) e++;
      return (
        Array.from({ length: replicas }, (_, r) => tape.error[r * epochs + e]!).reduce((a, b) => a + b, 0) / replicas
      );
    };
    const answer = whatItIsWorth.answer(sceneOf(runs, guesses));
    expect(answer.truth).toBe('width 8');
    expect(answer.cost!.estimate.value).toBeCloseTo(at(2, 8e6) - at(0, 8e6), 6);
    expect(answer.reveal.map(({ key }) => key)).toEqual(['reveal', 'reveal.best']);
    expect(whatItIsWorth.finding(sceneOf(runs)).parameters).toMatchObject({ small: 8, large: 16 });
  });

  it('ticks a task when it is done', () => {
    const [middle, stop] = whatItIsWorth.try.tasks;
    const chosen = [1, 2, 3].map((run) => middle!.done(sceneOf(runs, {}, { hand: { run, epoch: 10 } })));
    expect(chosen).toEqual([false, true, false]);
    const { bestEpoch } = runs[0]!.outcomeNow();
    const at = (epoch: number, run: number) => stop!.done(sceneOf(runs, {}, { hand: { run, epoch } }));
    expect([at(bestEpoch + 1, 1), at(bestEpoch + 1, 2), at(20, 1)]).toEqual([true, false, false]);
  });

  it('asks again on other data, with another answer', async () => {
    expect(await expectTransfer(whatItIsWorth)).toBe('large');
  });
});
