/** @file The lesson "How far can you trust the ruler?" does what it says, trained for real. */
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
import { keptByRulers, promisesOf } from './promises.ts';
import { trustTheRuler } from './ruler.ts';
import { RULER_EFFECTS } from './ruler.testing.ts';

const guesses = { promise: { kind: 'number', value: 0.15 } } as const;

/** Standard deviation. */
function spread(values: readonly number[]): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1));
}

describe('how far can you trust the ruler?', async () => {
  const runs = await trainAll(trustTheRuler.experiments);

  it('keeps what every lesson keeps', async () => {
    await expectLesson(trustTheRuler, runs, guesses);
  });

  it.each(SEEDS)('small rulers promise more and keep worse, seed %i', async (seed) => {
    // The last experiment is looked at below.
    const trained = seed === SEEDS[0] ? runs : await trainAll(trustTheRuler.experiments.slice(0, 3), seed);
    expectEffects(RULER_EFFECTS, trained, seed);
  });

  it('trains one network under many rulers, of which longer ones scatter less', () => {
    const { replicas } = runs[3]!;
    const { size } = replicas.train;
    const { train, validation } = replicas;
    expect(train.x.subarray(0, size)).toEqual(train.x.subarray(63 * size, 64 * size));
    expect(validation.x.subarray(0, 5)).not.toEqual(validation.x.subarray(5, 10));
    const { testLoss } = runs[3]!.tape;
    expect(testLoss[300 * 63 + 299]).toBe(testLoss[299]);
    const [short, long] = [keptByRulers(runs[3]!, 1), keptByRulers(runs[3]!, 16)];
    expect([short.length, long.length]).toEqual([64, 4]);
    expect(spread(short)).toBeGreaterThan(15);
    expect(trustTheRuler.observation.right(sceneOf(runs))).toBe('apart');
  });

  it('reads the promise off the lowest validation loss, by hand', () => {
    const { validationLoss } = runs[0]!.tape;
    const lowest = Array.from({ length: 64 }, (_, r) => Math.min(...validationLoss.subarray(r * 300, (r + 1) * 300)));
    const mean = lowest.reduce((a, b) => a + b, 0) / 64;
    expect(trustTheRuler.answer(sceneOf(runs, guesses)).cost!.estimate.value).toBeCloseTo(0.15 - mean, 10);
  });

  it('ticks a task when it is done', async () => {
    const [points, lucky] = trustTheRuler.try.tasks;
    const fifty = await trainChanged(trustTheRuler, { 'data.validationSize': 50 });
    expect(points!.done(sceneOf(runs, {}, { tried: [fifty] }))).toBe(true);
    expect(points!.done(sceneOf(runs, {}, { tried: [runs[1]!, runs[2]!] }))).toBe(false);
    const replica = promisesOf(runs[3]!).findIndex((one) => one!.promise < 0.35 ** 2) + 1;
    expect(replica).toBeGreaterThan(0);
    expect(lucky!.done(sceneOf(runs, {}, { hand: { run: 4, replica } }))).toBe(true);
    expect(lucky!.done(sceneOf(runs, {}, { hand: { run: 1, replica } }))).toBe(false);
  });

  it('asks again on other data, with another answer', async () => {
    expect(await expectTransfer(trustTheRuler)).toBe('same');
  });
});
