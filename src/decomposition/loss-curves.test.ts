/** @file Curves under a loss: what each epoch is by itself, however the tape grew. */
import { describe, expect, it } from 'vitest';
import { record, tapeOf } from '../stopping/tape.testing.ts';
import { Curves } from './curves.ts';
import type { DecompositionTarget } from './decompose.ts';
import { LossCurves } from './loss-curves.ts';
import { ABSOLUTE } from './losses/location.ts';
import { SQUARED } from './losses/squared.ts';

const target: DecompositionTarget = {
  target: Float64Array.of(0, 0),
  noise: Float64Array.of(0, 0),
  known: true,
  draws: null,
};
const shape = { replicas: 3, epochs: 4, points: 2 };
const recorded = {
  // Replica 2 diverges at epoch 2.
  error: (r: number, e: number) => (r === 2 && e >= 2 ? NaN : 1),
  prediction: (r: number, e: number, i: number) => (r === 2 && e >= 2 ? NaN : (r + 1 + e) * (i === 0 ? 1 : -1)),
};

describe('LossCurves', () => {
  it('under squared error are the curves of the page', () => {
    const tape = tapeOf(shape, recorded);
    const plain = new Curves(tape, target);
    const curves = new LossCurves(tape, target, SQUARED, { huberDelta: 1 });
    plain.extend();
    curves.extend();
    for (const name of ['error', 'bias2', 'variance'] as const)
      expect([...curves[name]]).toEqual([...plain[name]].map((x) => expect.closeTo(x, 12)));
    expect([curves.length, curves.noise]).toEqual([4, 0]);
  });

  it('have the median as their centre, over the replicas that are sound', () => {
    const tape = tapeOf(shape, recorded, 1);
    const curves = new LossCurves(tape, target, ABSOLUTE, { huberDelta: 1 });
    curves.extend();
    record(tape, recorded, 4);
    curves.extend(2);
    expect(curves.length).toBe(2);
    curves.extend();
    // Predictions ±1, ±2, ±3, a unit further out with each epoch; from epoch 2 on ±3, ±4 and so on.
    expect([...curves.bias2]).toEqual([2, 3, 3.5, 4.5]);
    expect([...curves.variance]).toEqual([0, 0, 0, 0].map((x) => expect.closeTo(x, 12)));
  });
});
