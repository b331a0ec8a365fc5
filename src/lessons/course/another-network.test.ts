/** @file The lesson "Would another network stop at the same time?" does what it says, trained for real. */
import { describe, expect, it } from 'vitest';
import { anotherNetwork } from './another-network.ts';
import { ANOTHER_NETWORK_EFFECTS } from './another-network.testing.ts';
import { MAP_MIN_DELTAS } from './figures/map.ts';
import { expectEffects, expectLesson, expectTransfer, sceneOf, SEEDS, trainAll } from './lesson.testing.ts';
import { stopsOf } from './stops.ts';

const guesses = {
  range: { kind: 'range', from: 60, to: 120 },
  place: { kind: 'place', x: 5, y: 0.1 },
} as const;

describe('would another network stop at the same time?', async () => {
  const runs = await trainAll(anotherNetwork.experiments);
  const [run] = runs;

  it('keeps what every lesson keeps', async () => {
    await expectLesson(anotherNetwork, runs, guesses);
  });

  it.each(SEEDS)('stops lie far apart, and min delta costs, seed %i', async (seed) => {
    const trained = seed === SEEDS[0] ? runs : await trainAll(anotherNetwork.experiments, seed);
    expectEffects(ANOTHER_NETWORK_EFFECTS, trained, seed);
    const { stops, own } = stopsOf(trained[0]!, 20, 0);
    expect(Math.min(...stops)).toBeLessThan(25);
    expect(Math.max(...stops)).toBeGreaterThan(150);
    expect([Math.min(...own) < 20, Math.max(...own) > 250]).toEqual([true, true]);
  });

  it('counts what lies in the range, by hand', () => {
    const { tape } = run!;
    const stops = Array.from({ length: 32 }, (_, r) => {
      let [best, wait, e] = [Infinity, 0, 0];
      for (; wait < 20 && e < 400; e++) {
        const loss = tape.validationLoss[r * 400 + e]!;
        wait = loss < best ? 0 : wait + 1;
        best = Math.min(best, loss);
      }
      return e;
    });
    const [first, last] = [Math.min(...stops), Math.max(...stops)];
    const answer = anotherNetwork.answer(sceneOf(runs, guesses));
    expect(answer).toMatchObject({ said: 'range 60-120', truth: `range ${first}-${last}` });
    expect(answer.cost!.estimate.value).toBe((60 - first + last - 120) / 2);
    expect(answer.reveal[0]!.parameters.inside).toBe(stops.filter((stop) => stop >= 60 && stop <= 120).length);
    expect(answer.reveal[1]!.key).toBe('reveal.place');
  });

  it('ticks a task when it is done', () => {
    const [delta, early] = anotherNetwork.try.tasks;
    const at = (minDelta: number) => delta!.done(sceneOf(runs, {}, { hand: { minDelta } }));
    expect(MAP_MIN_DELTAS.filter(at)).toHaveLength(1);
    expect(at(0)).toBe(false);
    const hasty = Array.from({ length: 32 }, (_, i) => i + 1).filter((replica) =>
      early!.done(sceneOf(runs, {}, { hand: { replica } })),
    );
    expect(hasty.length).toBeGreaterThan(0);
    expect(hasty.length).toBeLessThan(16);
  });

  it('asks again on other data, with another answer', async () => {
    expect(await expectTransfer(anotherNetwork)).toBe('few');
  });
});
