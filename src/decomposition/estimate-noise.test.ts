/** @file The estimated noise: none where there is none, and what was put in, for values and for classes. */
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../engine/random.ts';
import { estimateNoise } from './estimate-noise.ts';

describe('estimateNoise', () => {
  it('finds none about a straight line, whatever its slope', () => {
    const x = Float64Array.from({ length: 60 }, (_, i) => i / 60);
    // γ(k) = slope²/2 · δ(k) exactly.
    expect(
      estimateNoise(
        x,
        x.map((value) => 3 * value - 1),
        60,
      ),
    ).toBeCloseTo(0, 12);
  });

  it('finds what was put on a curve, on average over samples', () => {
    const runs = Array.from({ length: 60 }, (_, run) => {
      const random = new RandomStream(3, 0, run, 0);
      const x = Float64Array.from({ length: 200 }, () => random.uniform());
      return estimateNoise(
        x,
        x.map((value) => Math.sin(2 * Math.PI * value) + 0.35 * random.normal()),
        200,
      )!;
    });
    const mean = runs.reduce((a, b) => a + b, 0) / runs.length;
    const se = Math.sqrt(runs.reduce((a, b) => a + (b - mean) ** 2, 0) / (runs.length - 1) / runs.length);
    expect(Math.abs(mean - 0.1225)).toBeLessThan(4 * se);
    expect(se).toBeLessThan(0.003);
  });

  it('sums over the outputs of one-hot labels: Σ p(1 − p)', () => {
    const random = new RandomStream(4, 0, 0, 0);
    const n = 1500;
    const x = Float64Array.from({ length: 2 * n }, () => random.uniform());
    const label = Array.from({ length: n }, () => Number(random.uniform() < 0.25));
    const y = Float64Array.from(label.flatMap((one) => [1 - one, one]));
    // Standard error of a mean of n differences, about √(0.375)/√n.
    expect(Math.abs(estimateNoise(x, y, n)! - 2 * 0.25 * 0.75)).toBeLessThan(0.05);
  });

  it('needs three points, and takes equally far ones as they are', () => {
    expect(estimateNoise([0, 1], [0, 1], 2)).toBeNull();
    expect(estimateNoise([0, 0, 0, 0], [0, 1, 0, 1], 4)).toBeCloseTo(1 / 3, 1);
  });
});
