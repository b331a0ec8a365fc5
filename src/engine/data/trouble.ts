/**
 * @file Data trouble on purpose: what is done to the points a replica gets and to where the test lies. All of it is off
 * at 0 and then touches nothing. The test is spared all but the shift: for a known law its targets and its noise stay
 * those of the law without outliers and with all of class 0, so that the decomposition's truth stays exact.
 */
import type { GeneratedDataset, Sample, Table } from '../../../datasets/contract.ts';
import { exactLog } from '../../../datasets/special.ts';
import { leakedPoints, type Experiment } from '../experiment/experiment.ts';
import { stream } from '../random.ts';
import { drawOf } from './draws.ts';
import type { HeldOut } from './resampling.ts';
import { testRows } from './test-rows.ts';
import { moments } from './standardisation.ts';

/** The points of all replicas: x `[R, size, D]`, y `[R, size]`. */
interface Points {
  size: number;
  x: Float32Array;
  y: Float32Array;
}

/** What a replica draws; trouble with one leaves the other alone. */
export type Part = 'train' | 'validation';

/** Outliers scatter this many times as far as other targets do. */
const OUTLIER_SCALE = 10;

/** Test points over which the spread of a noiseless target is taken. */
const SPREAD_POINTS = 1024;

/**
 * n points of a generator. `data.imbalance`: a point labelled class 0 is left out with that probability and the next
 * one taken, so that class 0's share s becomes s(1 − q) / (1 − sq), and each class keeps its own law.
 */
export function samplePoints(
  { seed, data }: Experiment,
  dataset: GeneratedDataset,
  part: Part,
  replica: number,
  n: number,
): Sample {
  const points = stream(seed, part, replica, 0);
  if (data.imbalance === 0) return dataset.sample(n, points, data);
  const chances = stream(seed, `${part}-imbalance`, replica, 0);
  const { features } = dataset;
  const x = new Float64Array(n * features);
  const y = new Float64Array(n);
  for (let kept = 0; kept < n;) {
    const drawn = dataset.sample(n - kept, points, data);
    drawn.y.forEach((label, i) => {
      if (chances.uniform() < data.imbalance && label === 0) return;
      x.set(drawn.x.subarray(i * features, (i + 1) * features), kept * features);
      y[kept++] = label;
    });
  }
  return { x, y };
}

/** The rows of a table without `data.imbalance` of those of class 0, rounded down: the same rows for all replicas. */
export function thinnedPool({ seed, data }: Experiment, targets: Float32Array, pool: Int32Array): Int32Array {
  if (data.imbalance === 0) return pool;
  const first = pool.filter((row) => targets[row] === 0);
  const out = stream(seed, 'table-imbalance', 0, 0).sample(first.length, Math.floor(data.imbalance * first.length));
  const gone = new Set(out.map((i) => first[i]!));
  return pool.filter((row) => !gone.has(row));
}

/**
 * `data.outliers`: each of the targets y, with that probability, becomes `centre(i)` + 10 · `sd` · z with z standard
 * normal: the contaminated normal law (Tukey, A survey of sampling from contaminated distributions, 1960). Changes y.
 */
export function addOutliers(
  { seed, data }: Experiment,
  part: Part,
  replica: number,
  y: Float64Array,
  sd: number,
  centre: (i: number) => number,
): void {
  if (data.outliers === 0) return;
  const numbers = stream(seed, `${part}-outliers`, replica, 0);
  for (let i = 0; i < y.length; i++) {
    // Both are drawn for every point, so that turning it up adds outliers and moves none.
    const chance = numbers.uniform();
    const z = numbers.normal();
    if (chance < data.outliers) y[i] = centre(i) + OUTLIER_SCALE * sd * z;
  }
}

/** What outliers of a generated regression are measured in: the noise's σ or, without noise, the sd of the true function. */
export function spreadOf({ data }: Experiment, dataset: GeneratedDataset): number {
  if (data.noise > 0) return data.noise;
  const { features } = dataset;
  const points = dataset.testPoints(SPREAD_POINTS, data);
  const truths = Float64Array.from({ length: SPREAD_POINTS }, (_, i) =>
    dataset.truth(points.subarray(i * features, (i + 1) * features), data),
  );
  return moments(truths, 1, Int32Array.from(truths.keys())).sd[0]!;
}

/**
 * `data.labelNoise` for a table: each label, with that probability, becomes another class, every other one equally
 * likely. (A generator flips its own labels, and its truth knows of it; a table's test labels stay.) Changes y.
 */
export function flipLabels(
  { seed, data }: Experiment,
  part: Part,
  replica: number,
  y: Float64Array,
  classes: number,
): void {
  if (data.labelNoise === 0) return;
  const numbers = stream(seed, `${part}-labels`, replica, 0);
  for (let i = 0; i < y.length; i++) {
    const chance = numbers.uniform();
    const step = 1 + numbers.integer(classes - 1);
    if (chance < data.labelNoise) y[i] = (y[i]! + step) % classes;
  }
}

/**
 * `data.leakage`: in each replica that share of the validation points, chosen at random, takes the place of the last
 * training points, target and all. Changes `train`.
 */
export function leak(experiment: Experiment, train: Points, validation: Points, features: number): void {
  const { seed, replicas } = experiment;
  const count = leakedPoints(experiment);
  if (count === 0) return;
  for (let r = 0; r < replicas.count; r++) {
    const numbers = stream(seed, 'leakage', drawOf(experiment, r).data, 0);
    numbers.sample(validation.size, count).forEach((chosen, i) => {
      const from = r * validation.size + chosen;
      const to = (r + 1) * train.size - count + i;
      train.x.set(validation.x.subarray(from * features, (from + 1) * features), to * features);
      train.y[to] = validation.y[from]!;
    });
  }
}

/** `data.shift` of generated data: test points `[n, D]` moved by that many standard deviations in every input. */
export function shifted({ data }: Experiment, points: Float64Array, sd: Float64Array): Float64Array {
  return data.shift === 0 ? points : points.map((value, i) => value + data.shift * sd[i % sd.length]!);
}

/**
 * `data.shift` of a table: the test takes row i with weight exp(shift · uᵢ), without repetition, where u is the sum of
 * the row's standardised inputs, itself standardised. Weights of this form move a normal u by `shift` standard
 * deviations; other laws, and tables of which the test takes a large part, move less. Held out are the rows with the
 * smallest exponential number over weight (Efraimidis, Spirakis: Weighted random sampling with a reservoir, 2006).
 */
export function shiftedHoldOut(experiment: Experiment, { rows, features, columns }: Table): HeldOut {
  const { seed, data } = experiment;
  const D = columns.length;
  const order = stream(seed, 'split', 0, 0).permutation(rows);
  const inputs = moments(features, D, order);
  const sums = new Float64Array(rows);
  features.forEach((value, i) => {
    sums[Math.floor(i / D)]! += (value - inputs.mean[i % D]!) / inputs.sd[i % D]!;
  });
  const { mean, sd } = moments(sums, 1, order);
  const numbers = stream(seed, 'shift', 0, 0);
  const keys = sums.map((sum) => -exactLog(numbers.uniform()) * Math.exp((-data.shift * (sum - mean[0]!)) / sd[0]!));
  // From the rows in random order: replicas take theirs from the pool in turn.
  const ranked = order.slice().sort((a, b) => keys[a]! - keys[b]!);
  const held = new Set(ranked.subarray(0, testRows(experiment, rows)));
  return { test: order.filter((row) => held.has(row)), pool: order.filter((row) => !held.has(row)) };
}
