/** @file The lesson "When would you have stopped?" does what it says, trained for real. */
import { describe, expect, it } from 'vitest';
import { guessOf } from './prediction.ts';
import {
  expectEffects,
  expectLesson,
  expectTransfer,
  sceneOf,
  SEEDS,
  trainAll,
  trainChanged,
} from './lesson.testing.ts';
import { whyStop } from './when-to-stop.ts';
import { WHY_STOP_EFFECTS } from './when-to-stop.testing.ts';

const guesses = {
  stop: { kind: 'flag', epoch: 140 },
  drawing: { kind: 'curve', first: 11, heights: Array.from({ length: 390 }, () => 1.2) },
} as const;

describe('when would you have stopped?', async () => {
  const runs = await trainAll(whyStop.experiments);

  it('keeps what every lesson keeps', async () => {
    await expectLesson(whyStop, runs, guesses);
  });

  it.each(SEEDS)('going on hurts, seed %i', async (seed) => {
    expectEffects(WHY_STOP_EFFECTS, seed === SEEDS[0] ? runs : await trainAll(whyStop.experiments, seed), seed);
  });

  it('says what a stop costs, by hand', () => {
    const { tape } = runs[0]!;
    const { replicas, epochs } = tape.shape;
    const mean = (e: number) =>
      Array.from({ length: replicas }, (_, r) => tape.error[r * epochs + e]!).reduce((a, b) => a + b, 0) / replicas;
    const least = Math.min(...Array.from({ length: epochs }, (_, e) => mean(e)));
    const answer = whyStop.answer(sceneOf(runs, guesses));
    expect(answer.said).toBe(`stop ${guessOf(guesses, 'stop', 'flag')!.epoch}`);
    expect(answer.cost!.estimate.value).toBeCloseTo(mean(139) - least, 6);
    expect(answer.grade).toMatchObject({ grade: 'late', sure: true });
    expect(answer.bar).toMatchObject({ x: 140 });
    const right = whyStop.observation.right(sceneOf(runs, guesses));
    expect(right).toBe('before');
  });

  it('ticks a task when it is done', async () => {
    const [heart, data, noise] = whyStop.try.tasks;
    const { trainLoss } = runs[0]!.curves;
    const epoch = trainLoss.findIndex((loss) => loss < 1) + 1;
    expect(heart!.done(sceneOf(runs, {}, { hand: { epoch } }))).toBe(true);
    expect(heart!.done(sceneOf(runs, {}, { hand: { epoch: epoch + 1 } }))).toBe(false);
    const many = await trainChanged(whyStop, { 'data.trainSize': 300 });
    expect(data!.done(sceneOf(runs, {}, { tried: [many] }))).toBe(true);
    expect(noise!.done(sceneOf(runs, {}, { tried: [many] }))).toBe(false);
    const clean = await trainChanged(whyStop, { 'data.noise': 0.1 });
    expect(noise!.done(sceneOf(runs, {}, { tried: [clean] }))).toBe(true);
    const both = await trainChanged(whyStop, { 'data.noise': 0.1, 'data.trainSize': 300 });
    expect([data, noise].map((task) => task!.done(sceneOf(runs, {}, { tried: [both] })))).toEqual([false, false]);
  });

  it('asks again on other data, with another answer', async () => {
    expect(await expectTransfer(whyStop)).toBe('little');
    const { last, best } = runs[0]!.outcomeNow();
    expect(last.regret!.value / best.decomposition!.error).toBeGreaterThan(0.2);
  });
});
