/** @file The lesson "Which weights do you keep?" does what it says, trained for real. */
import { describe, expect, it } from 'vitest';
import { expectEffects, expectLesson, expectTransfer, sceneOf, SEEDS, trainAll } from './lesson.testing.ts';
import { costOfLast, patienceRow } from './patiences.ts';
import { whichWeights } from './which-weights.ts';
import { WHICH_WEIGHTS_EFFECTS } from './which-weights.testing.ts';

const guesses = { last: { kind: 'number', value: 0.25 } } as const;

describe('which weights do you keep?', async () => {
  const runs = await trainAll(whichWeights.experiments);
  const [run] = runs;

  it('keeps what every lesson keeps', async () => {
    await expectLesson(whichWeights, runs, guesses);
  });

  it.each(SEEDS)('the weights in hand are worse, and less so with patience, seed %i', async (seed) => {
    const trained = seed === SEEDS[0] ? runs : await trainAll(whichWeights.experiments, seed);
    expectEffects(WHICH_WEIGHTS_EFFECTS, trained, seed);
    const cost = (patience: number) => costOfLast(patienceRow(trained[0]!, patience)).value;
    expect(cost(20)).toBeLessThan(cost(2) / 5);
    expect(whichWeights.observation.right(sceneOf(trained))).toBe('shrinks');
  });

  it('reads the weights in hand off the epoch of the stop, by hand', () => {
    const { tape } = run!;
    const { replicas, epochs } = tape.shape;
    const inHand = Array.from({ length: replicas }, (_, r) => {
      const losses = tape.validationLoss.subarray(r * epochs, (r + 1) * epochs);
      let [best, wait, e] = [Infinity, 0, 0];
      for (; wait < 3; e++) {
        wait = losses[e]! < best ? 0 : wait + 1;
        best = Math.min(best, losses[e]!);
      }
      return tape.error[r * epochs + e - 1]!;
    });
    const mean = inHand.reduce((a, b) => a + b, 0) / replicas;
    const answer = whichWeights.answer(sceneOf(runs, guesses));
    expect(answer.cost!.estimate.value).toBeCloseTo(0.25 - mean, 6);
    expect(answer.truth).toBe(`error ${mean.toFixed(3)}`);
  });

  it('ticks a task when it is done', () => {
    const [gap, without, luck] = whichWeights.try.tasks;
    const patiences = Array.from({ length: 60 }, (_, i) => i + 1);
    expect(patiences.filter((patience) => gap!.done(sceneOf(runs, {}, { hand: { patience } })))).toHaveLength(1);
    expect(without!.done(sceneOf(runs, {}, { hand: { patience: 50, restore: false } }))).toBe(true);
    expect(without!.done(sceneOf(runs, {}, { hand: { patience: 50, restore: true } }))).toBe(false);
    const lucky = Array.from({ length: 32 }, (_, i) => i + 1).filter((replica) =>
      luck!.done(sceneOf(runs, {}, { hand: { patience: 3, replica } })),
    );
    expect(lucky.length).toBeGreaterThan(0);
    expect(lucky.length).toBeLessThan(16);
  });

  it('asks again on other data, with another answer', async () => {
    expect(await expectTransfer(whichWeights)).toBe('some');
  });
});
