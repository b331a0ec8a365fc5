import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curvesOf } from '../engine/tape.ts';
import { DEFAULT_EXPERIMENT, type StoppingSettings } from '../engine/experiment.ts';
import { Landscape, MIN_DELTAS, PATIENCES } from './landscape.ts';
import { replay } from './replay.ts';
import { tapeOf } from './testing.ts';

const settings = (over: Partial<StoppingSettings>): StoppingSettings => ({ ...DEFAULT_EXPERIMENT.stopping, ...over });
function whole(...parameters: ConstructorParameters<typeof Landscape>): Landscape {
  const landscape = new Landscape(...parameters);
  while (!landscape.done) landscape.next();
  return landscape;
}

describe('Landscape', () => {
  it('holds in every cell what replaying that cell gives', () => {
    const R = 3;
    const patiences = [0, 1, 2, 3, 5, 8, 13];
    const deltas = [0, 0.1, 0.3, 2];
    // A grid of tenths makes ties at exactly min delta common.
    const loss = fc.oneof(
      { weight: 12, arbitrary: fc.integer({ min: 0, max: 12 }).map((n) => n / 10) },
      { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity) },
    );
    const policy = fc.record({
      mode: fc.constantFrom('auto' as const, 'min' as const, 'max' as const),
      baseline: fc.option(fc.constantFrom(0.2, 0.5, 0.9)),
      startFromEpoch: fc.constantFrom(0, 0, 1, 4, 40),
      restoreBestWeights: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.infiniteStream(loss), policy, (epochs, losses, over) => {
        const seen = Array.from({ length: 2 * R * epochs }, () => losses.next().value as number);
        const tape = tapeOf(
          { replicas: R, epochs },
          { validationLoss: (r, e) => seen[r * epochs + e]!, error: (r, e) => seen[(R + r) * epochs + e]! },
        );
        const landscape = whole(tape, settings(over), patiences, deltas);
        deltas.forEach((minDelta, row) =>
          patiences.forEach((patience, column) => {
            const kept = replay(tape, settings({ ...over, minDelta, patience }))
              .map(({ restored }, r) => [r, restored] as const)
              .filter(([r, e]) => tape.sound(r, e));
            const at = row * patiences.length + column;
            expect(landscape.counted[at]).toBe(kept.length);
            // The same few numbers added in the same order: equal to the last bit.
            expect(landscape.error[at]).toBe(
              kept.reduce((sum, [r, e]) => sum + tape.error[r * epochs + e]!, 0) / kept.length,
            );
          }),
        );
      }),
    );
  });

  it('finds the best cell and its standard error', () => {
    // Both replicas have their best validation loss at epoch 0 and a better one at epoch 3: patience 3 gets there.
    const tape = tapeOf(
      { replicas: 2, epochs: 6 },
      { validationLoss: (_, e) => [0.5, 0.6, 0.6, 0.4, 0.6, 0.6][e]!, error: (r, e) => (e === 3 ? 0.25 : 1) + r },
    );
    const landscape = whole(tape, settings({}), [1, 2, 3, 4], [0.001, 0.2]);
    expect([...landscape.error]).toEqual([1.5, 1.5, 0.75, 0.75, 1.5, 1.5, 1.5, 1.5]);
    // Errors 0.25 and 1.25: sd = 1/√2, se = sd/√2.
    expect(landscape.best()).toEqual({ row: 0, column: 2, error: 0.75, se: expect.closeTo(0.5, 12) });
  });

  it('has no standard error for one replica, and no best where none is sound', () => {
    expect(whole(tapeOf({ epochs: 3 }, {}), settings({})).best()).toMatchObject({ se: null });
    const diverged = whole(tapeOf({ epochs: 3 }, { error: () => NaN }), settings({}));
    expect(diverged.best()).toBeNull();
    expect(Math.max(...diverged.counted)).toBe(0);
    expect(whole(tapeOf({ epochs: 3 }, {}, 0), settings({})).best()).toBeNull();
  });

  it('keeps to the epochs there were when it was made, row by row', () => {
    const tape = tapeOf({ epochs: 4 }, {}, 2);
    const landscape = new Landscape(tape, settings({}));
    landscape.next();
    expect([landscape.rows, landscape.done]).toEqual([1, false]);
    tape.append({
      first: 2,
      count: 2,
      curves: Object.fromEntries(curvesOf(tape.shape).map((name) => [name, zeros()])),
      predictions: zeros(),
      elapsedMs: 0,
    });
    while (!landscape.done) landscape.next();
    expect(new Set(landscape.error)).toEqual(new Set([0.5]));
  });

  it('spans the drawn axes', () => {
    expect([PATIENCES.length, PATIENCES[0], PATIENCES[99]]).toEqual([100, 1, 100]);
    expect([MIN_DELTAS.length, MIN_DELTAS[0], MIN_DELTAS[12], MIN_DELTAS[36]]).toEqual([37, 1e-4, 1e-3, 0.1]);
  });
});

const zeros = () => new Float32Array(2);
