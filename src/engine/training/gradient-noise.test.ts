/** @file What gradients say, against the definitions with gradients by finite differences, and against a closed form. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gradientStatistics } from './gradient-noise.ts';
import { forward, initialWeights } from '../model/network.ts';
import { objectiveMath, targetVector } from '../model/objectives.ts';
import type { Job } from '../trainers/trainer.ts';
import { jobOf } from '../trainers/trainer.testing.ts';

const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
const variance = (values: readonly number[]) => {
  const middle = mean(values);
  return values.reduce((sum, v) => sum + (v - middle) ** 2, 0) / (values.length - 1);
};
const length = (vector: readonly number[]) => Math.hypot(...vector);

/** Weights away from the symmetries of the beginning, gains and shifts too. */
function weightsOf({ layout, experiment }: Job, replica: number): Float64Array {
  const theta = Float64Array.from(initialWeights(layout, experiment, replica));
  return theta.map((w, k) => w + 0.1 * Math.sin(k + 1));
}

/** Loss of each training point. */
function lossesOf({ layout, experiment, replicas }: Job, replica: number, theta: Float64Array): number[] {
  const { features: D, outputs: K, train } = replicas;
  const math = objectiveMath(experiment);
  return Array.from({ length: train.size }, (_, i) => {
    const row = replica * train.size + i;
    const z = forward(layout, theta, train.x.subarray(row * D, (row + 1) * D), 1);
    return math.loss(z, 0, targetVector(train.y[row]!, K), 0, K);
  });
}

/** `[n][P]` by central differences: of the order of 1e-9 off. */
function gradientsOf(job: Job, replica: number, theta: Float64Array): number[][] {
  const h = 1e-5;
  const columns = Array.from(theta, (_, k) => {
    const moved = (by: number) => lossesOf(job, replica, theta.with(k, theta[k]! + by));
    const [up, down] = [moved(h), moved(-h)];
    return up.map((loss, i) => (loss - down[i]!) / (2 * h));
  });
  return Array.from({ length: job.replicas.train.size }, (_, i) => columns.map((column) => column[i]!));
}

describe.each([
  ['regression', jobOf({ trainSize: 13, training: { l1: 0.1, l2: 0.2 } })],
  ['classes', jobOf({ objective: 'softmax-cross-entropy', outputs: 3, trainSize: 12 })],
  ['layer normalisation', jobOf({ objective: 'binary-cross-entropy', trainSize: 7, model: { layerNorm: true } })],
])('of %s', (_, job) => {
  const replica = 2;
  const theta = weightsOf(job, replica);
  const gradients = gradientsOf(job, replica, theta);
  const losses = lossesOf(job, replica, theta);
  const n = gradients.length;
  const columns = Array.from(theta, (__, k) => gradients.map((g) => g[k]!));
  const found = gradientStatistics(job, replica, theta);

  it('variance and square are those of the gradients of single points', () => {
    const trace = columns.reduce((sum, column) => sum + variance(column), 0);
    expect(found.variance).toBeCloseTo(trace, 6);
    const square = length(columns.map(mean)) ** 2;
    expect(found.meanSquare).toBeCloseTo(square, 6);
    expect(found.square).toBeCloseTo(square - trace / n, 6);
  });

  it('evidence is the published criterion', () => {
    const ratios = columns.map((column) => mean(column) ** 2 / variance(column));
    expect(found.evidence).toBeCloseTo(1 - n * mean(ratios), 5);
  });

  it('disparity is the mean distance between rescaled batches', () => {
    const parts = Math.min(5, Math.floor(n / 2));
    const batches = Array.from({ length: parts }, (__, b) => {
      const [from, to] = [Math.floor((b * n) / parts), Math.floor(((b + 1) * n) / parts)];
      const scale = Math.sqrt(variance(losses.slice(from, to)));
      return columns.map((column) => mean(column.slice(from, to)) / scale);
    });
    const distances = batches.flatMap((a, i) => batches.slice(0, i).map((b) => length(a.map((v, k) => v - b[k]!))));
    expect(distances).toHaveLength((parts * (parts - 1)) / 2);
    expect(found.disparity).toBeCloseTo(mean(distances), 5);
  });
});

describe('a linear model', () => {
  /** y = w·x + b with squared error: the gradient of a point is 2·(w·x + b − y)·(x, 1). */
  function linear(x: number[], y: number[]): Job {
    const job = jobOf({ replicas: 1, features: 1, trainSize: x.length, model: { hidden: [] } });
    const train = { size: x.length, x: Float32Array.from(x), y: Float32Array.from(y) };
    return { ...job, replicas: { ...job.replicas, train } };
  }

  it('has the numbers worked out by hand', () => {
    // Residuals −1, 1, −2, 2 at w = b = 0: gradients (−2, −2), (4, 2), (−12, −4), (16, 4).
    const found = gradientStatistics(linear([1, 2, 3, 4], [1, -1, 2, -2]), 0, [0, 0]);
    // Means 1.5 and 0, variances (12.25 + 6.25 + 182.25 + 210.25) / 3 = 137 and 40 / 3.
    expect(found.variance).toBeCloseTo(137 + 40 / 3, 12);
    expect(found.meanSquare).toBeCloseTo(2.25, 12);
    expect(found.square).toBeCloseTo(2.25 - (137 + 40 / 3) / 4, 12);
    expect(found.evidence).toBeCloseTo(1 - (4 / 2) * (2.25 / 137), 12);
    // Two batches of mean gradients (1, 0) and (2, 0), losses 1, 1 and 4, 4, which do not differ.
    expect(found.disparity).toBeNaN();
    // With residuals −1, 3, −2, 2: gradients (−2, −2), (12, 6) of losses 1, 9; (−12, −4), (24, 6) of 4, 9.
    const other = gradientStatistics(linear([1, 2, 3, 4], [1, -3, 2, -3]), 0, [0, 0]);
    const [s, t] = [Math.sqrt(32), Math.sqrt(12.5)];
    expect(other.disparity).toBeCloseTo(Math.hypot(5 / s - 6 / t, 2 / s - 1 / t), 12);
  });

  it('leaves parameters without a gradient out, and without any there is no evidence', () => {
    const { evidence } = gradientStatistics(linear([0, 0], [1, 3]), 0, [0, 0]);
    // Of the bias alone: gradients −2 and −6.
    expect(evidence).toBeCloseTo(1 - 2 * (16 / 8), 12);
    expect(gradientStatistics(linear([1, 2], [1, 2]), 0, [1, 0]).evidence).toBe(1);
    expect(gradientStatistics(linear([1, 1], [1, 1]), 0, [0, 0]).evidence).toBe(-Infinity);
  });

  it('says what it cannot tell of one point, and compares no batches of fewer than four', () => {
    const one = gradientStatistics(linear([1], [1]), 0, [0, 0]);
    expect([one.variance, one.evidence, one.disparity]).toEqual([NaN, NaN, NaN]);
    expect(gradientStatistics(linear([1, 2, 3], [1, 5, 2]), 0, [0, 0]).disparity).toBeNaN();
  });

  it('finds no evidence where gradients are pure noise, 1 − (n − 1) / (n − 3) on average', () => {
    // The bias at a fit without noise of its own: residuals are normal about 0; n = 32 points, many replicas.
    const n = 32;
    const R = 4000;
    const job = jobOf({ replicas: R, features: 1, trainSize: n, model: { hidden: [] } });
    job.replicas.train.x.fill(0);
    const all = Array.from({ length: R }, (_, r) => gradientStatistics(job, r, [0, 0]).evidence);
    // Standard error of the mean: sd of an F(1, 31) variable is about 1.6, over √4000.
    expect(Math.abs(mean(all) - (1 - (n - 1) / (n - 3)))).toBeLessThan(4 * (1.6 / Math.sqrt(R)));
  });
});

it('does not depend on the order of points within a batch', () => {
  fc.assert(
    fc.property(fc.nat(1000), (seed) => {
      const job = jobOf({ seed, replicas: 1, trainSize: 10 });
      const theta = weightsOf(job, 0);
      const before = gradientStatistics(job, 0, theta);
      const { x, y } = job.replicas.train;
      // Two points of the first batch change places.
      x.set([x[2]!, x[3]!, x[0]!, x[1]!]);
      y.set([y[1]!, y[0]!]);
      const after = gradientStatistics(job, 0, theta);
      for (const key of ['variance', 'square', 'evidence', 'disparity'] as const)
        expect(after[key] / before[key]).toBeCloseTo(1, 9);
    }),
    { numRuns: 20 },
  );
});
