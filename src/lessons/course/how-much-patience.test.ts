/** @file The lesson "How much patience?" does what it says, trained for real. */
import { describe, expect, it } from 'vitest';
import { howMuchPatience } from './how-much-patience.ts';
import { HOW_MUCH_PATIENCE_EFFECTS } from './how-much-patience.testing.ts';
import { expectEffects, expectLesson, expectTransfer, sceneOf, SEEDS, trainAll } from './lesson.testing.ts';
import { patienceRow } from './patiences.ts';

const guesses = { patience: { kind: 'number', value: 5 } } as const;

describe('how much patience?', async () => {
  const runs = await trainAll(howMuchPatience.experiments);
  const [run] = runs;

  it('keeps what every lesson keeps', async () => {
    await expectLesson(howMuchPatience, runs, guesses);
  });

  it.each(SEEDS)('little patience loses, seed %i', async (seed) => {
    const trained = seed === SEEDS[0] ? runs : await trainAll(howMuchPatience.experiments, seed);
    expectEffects(HOW_MUCH_PATIENCE_EFFECTS, trained, seed);
    const { falseShare, epochs } = patienceRow(trained[0]!, 3);
    expect(falseShare).toBeGreaterThan(0.8);
    const [enough, much] = [patienceRow(trained[0]!, 30), patienceRow(trained[0]!, 100)];
    // The bill alone grows.
    expect(Math.abs(enough.restoredError - much.restoredError)).toBeLessThan(0.005);
    expect(much.epochs / enough.epochs).toBeGreaterThan(1.7);
    expect(epochs).toBeLessThan(16);
  });

  it('scores a patience by its error and the price of its epochs, by hand', () => {
    const priced = (patience: number) => {
      const { stop } = run!.withPatience(patience);
      return stop.decomposition!.error + (0.005 * stop.epochs) / 100;
    };
    const answer = howMuchPatience.answer(sceneOf(runs, guesses));
    const best = Number(answer.truth.split(' ')[1]);
    for (const patience of [1, 3, 10, 20, 30, 50, 100, 200]) {
      expect(priced(best)).toBeLessThanOrEqual(priced(patience));
    }
    expect(answer.cost!.estimate.value).toBeCloseTo(priced(5) - priced(best), 10);
    expect(howMuchPatience.observation.right(sceneOf(runs))).toBe('most');
  });

  it('ticks a task when it is done', () => {
    const [smallest, harmless] = howMuchPatience.try.tasks;
    const done = Array.from({ length: 60 }, (_, i) => i + 1).filter((patience) =>
      smallest!.done(sceneOf(runs, {}, { hand: { patience } })),
    );
    expect(done).toHaveLength(1);
    expect(done[0]).toBeGreaterThan(10);
    const harmlessOf = Array.from({ length: 32 }, (_, i) => i + 1).filter((replica) =>
      harmless!.done(sceneOf(runs, {}, { hand: { patience: 30, replica } })),
    );
    expect(harmlessOf.length).toBeGreaterThan(0);
    expect(harmlessOf.length).toBeLessThan(32 * patienceRow(run!, 30).falseShare);
    expect(harmless!.done(sceneOf(runs, {}, { hand: { patience: 29, replica: harmlessOf[0]! } }))).toBe(false);
  });

  it('asks again on other data, with another answer', async () => {
    expect(await expectTransfer(howMuchPatience)).toBe('nothing');
  });
});
