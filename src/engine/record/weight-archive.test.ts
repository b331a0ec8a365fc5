/** @file The kept weights: thinned by halving within the budget, with each replica's best and the last. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WeightArchive } from './weight-archive.ts';

const [R, P] = [2, 3];
/** Room for `slots` epochs, the best rows counted as one. */
const budget = (slots: number) => slots * R * P * 4;
/** Weights that tell their epoch and replica. */
const weightsAt = (epoch: number) => Float32Array.from({ length: R * P }, (_, i) => epoch + Math.floor(i / P) / 10);

function filled(losses: number[][], slots: number): WeightArchive {
  const archive = new WeightArchive(R, P, budget(slots));
  losses.forEach((loss, epoch) => archive.add(epoch, weightsAt(epoch), loss));
  return archive;
}
const flat = (epochs: number) => Array.from({ length: epochs }, () => [1, 1]);

describe('thinning', () => {
  it('keeps everything while it fits, then every second, every fourth, and the last', () => {
    expect(filled(flat(5), 6).epochs).toEqual([0, 1, 2, 3, 4]);
    expect(filled(flat(6), 6).epochs).toEqual([0, 2, 4, 5]);
    expect(filled(flat(8), 6).epochs).toEqual([0, 2, 4, 6, 7]);
    expect(filled(flat(10), 6).epochs).toEqual([0, 4, 8, 9]);
  });

  it('stays within its room, evenly spaced by a power of two, and keeps first and last', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 3, max: 40 }), (epochs, slots) => {
        const kept = filled(flat(epochs), slots).epochs;
        expect(kept.length).toBeLessThanOrEqual(slots - 1);
        expect(kept[0]).toBe(0);
        expect(kept.at(-1)).toBe(epochs - 1);
        const gaps = new Set(kept.slice(1, -1).map((epoch, i) => epoch - kept[i]!));
        expect(gaps.size).toBeLessThanOrEqual(1);
        for (const gap of gaps) expect(Math.log2(gap) % 1).toBe(0);
        // Never thinned more than needed: half the gap would not fit.
        for (const gap of gaps) if (gap > 1) expect(epochs / (gap / 2)).toBeGreaterThan(slots - 2);
      }),
    );
  });

  it('keeps the last and the best even where the budget has no room', () => {
    const archive = filled(
      [
        [3, 3],
        [1, 3],
        [2, 2],
      ],
      0,
    );
    expect(archive.epochs).toEqual([2]);
    expect(archive.pick(0, 1).weights[0]).toBe(1);
  });
});

describe('best', () => {
  it('is the first epoch of the lowest finite validation loss, of each replica alone', () => {
    const archive = filled(
      [
        [NaN, 2],
        [3, Infinity],
        [1, 5],
        [1, 4],
      ],
      3,
    );
    const { bestEpoch, bestLoss, bestWeights } = archive.export();
    expect(Array.from(bestEpoch)).toEqual([2, 0]);
    expect(Array.from(bestLoss)).toEqual([1, 2]);
    expect(Array.from(bestWeights)).toEqual([...weightsAt(2).subarray(0, P), ...weightsAt(0).subarray(P)]);
  });

  it('is −1 for a replica that was never finite', () => {
    expect(filled([[NaN, 1]], 9).export().bestEpoch[0]).toBe(-1);
  });
});

describe('pick', () => {
  const losses = flat(20).map((_, e) => (e === 13 ? [0, 1] : [1, 1]));
  const archive = filled(losses, 6);

  it('gives the exact epoch of the exact replica', () => {
    expect(Array.from(archive.pick(1, 8).weights)).toEqual(Array.from(weightsAt(8).subarray(P)));
    expect(Array.from(archive.pick(0, 13).weights)).toEqual(Array.from(weightsAt(13).subarray(0, P)));
  });

  it('refuses an epoch that was not kept and names the nearest, counted as the page does', () => {
    expect(() => archive.pick(1, 13)).toThrow(
      'the weights after 14 epochs were not kept; the nearest kept are those after 17 epochs',
    );
    expect(archive.nearest(0, 13)).toBe(13);
    expect(() => archive.pick(2, 0)).toThrow('replica 2: there are replicas 0 to 1');
  });

  it('has nothing before the first epoch', () => {
    expect(() => new WeightArchive(R, P).nearest(0, 0)).toThrow(/not|no weights/);
  });
});

it('goes on after export and import as if it had not stopped', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 80 }),
      fc.integer({ min: 0, max: 80 }),
      fc.integer({ min: 0, max: 12 }),
      (before, after, slots) => {
        const losses = Array.from({ length: before + after }, (_, e) => [Math.cos(e), Math.sin(e)]);
        const archive = WeightArchive.from(
          structuredClone(filled(losses.slice(0, before), slots).export()),
          R,
          P,
          budget(slots),
        );
        losses.slice(before).forEach((loss, i) => archive.add(before + i, weightsAt(before + i), loss));
        expect(archive.export()).toEqual(filled(losses, slots).export());
      },
    ),
  );
});
