/** @file The lesson "And on your own job?" does what it says, trained for real. */
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
import { yourOwnJob } from './your-own.ts';
import { YOUR_OWN_EFFECTS } from './your-own.testing.ts';

const guesses = { ship: { kind: 'choice', option: 'b' } } as const;

describe('and on your own job?', async () => {
  const runs = await trainAll(yourOwnJob.experiments);

  it('keeps what every lesson keeps', async () => {
    await expectLesson(yourOwnJob, runs, guesses);
  });

  it.each(SEEDS)('the leak looks best and is worst, seed %i', async (seed) => {
    const trained = seed === SEEDS[0] ? runs : await trainAll(yourOwnJob.experiments, seed);
    expectEffects(YOUR_OWN_EFFECTS, trained, seed);
    const [honest, leaked, clean] = trained.map((run) => run.outcomeNow());
    expect([honest!.fired, leaked!.fired]).toEqual([32, 0]);
    expect(Math.abs(clean!.costOfGoingOn!.value)).toBeLessThan(0.03);
    const { validationAccuracy, testAccuracy } = trained[1]!.curves;
    expect(validationAccuracy[199]).toBeGreaterThan(0.99);
    expect(testAccuracy[199]).toBeLessThan(0.8);
    expect(yourOwnJob.observation.right(sceneOf(trained))).toBe('together');
  });

  it('costs nothing to ship the honest one', () => {
    const shipped = yourOwnJob.answer(sceneOf(runs, { ship: { kind: 'choice', option: 'a' } }));
    expect(shipped.cost!.estimate.value).toBe(0);
    const [a, b] = runs.map((run) => run.outcomeNow().stop.decomposition!.error);
    expect(yourOwnJob.answer(sceneOf(runs, guesses)).cost!.estimate.value).toBeCloseTo(b! - a!, 10);
  });

  it('ticks a task when it is done', async () => {
    const [leak, labels] = yourOwnJob.try.tasks;
    const half = await trainChanged(yourOwnJob, { 'data.leakage': 0.5 });
    expect(leak!.done(sceneOf(runs, {}, { tried: [half] }))).toBe(true);
    expect(labels!.done(sceneOf(runs, {}, { tried: [half] }))).toBe(false);
    expect(leak!.done(sceneOf(runs, {}, { tried: [runs[1]!] }))).toBe(false);
    expect(labels!.done(sceneOf(runs, {}, { tried: [runs[2]!] }))).toBe(true);
  });

  it('asks again on other data, with another answer', async () => {
    expect(await expectTransfer(yourOwnJob)).toBe('same');
  });
});
