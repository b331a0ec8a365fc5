/**
 * @file The squared error of an ensemble taken apart: noise + bias² + variance, unbiased for a finite ensemble.
 *
 * At a point with target f, predictions p_r of n replicas and their mean m (the correction of Yang et
 * al. 2020, "Rethinking bias-variance trade-off": m itself varies by variance / n about what infinitely many would give):
 *   variance = Σ(p_r − m)² / (n − 1),   bias² = (m − f)² − variance / n,   error = noise + mean (p_r − f)²
 * averaged over points and summed over outputs. The three add up to the error, and bias² may be negative: clipping
 * it would break both.
 */
import type { Draws } from '../engine/data/draws.ts';
import type { Replicas } from '../engine/data/replicas.ts';
import { estimate } from './estimate.ts';
import type { varianceSources, VarianceSources } from './variance-sources.ts';

/** What predictions are compared with at the D decomposition points. */
export interface DecompositionTarget {
  /** `[D, K]` */
  target: Float64Array;
  /** `[D]`: variance of the noise about it, summed over outputs. */
  noise: Float64Array;
  /** Whether `target` is the truth; if it is labels, bias² contains their noise. */
  known: boolean;
  /** What replicas have in common; null where all are draws of their own. */
  draws: SharedDraws | null;
}

/** What is shared, and what reads bias² and variance off it: given along, since few runs need its code. */
export interface SharedDraws extends Draws {
  sourcesOf: typeof varianceSources;
}

export interface Decomposition {
  /** n: replicas that count. */
  replicas: number;
  error: number;
  /** Over replicas; this and whatever needs more than one replica is null without. */
  errorSe: number | null;
  bias2: number | null;
  /** Leave-one-replica-out jackknife, as the variance's; both need three replicas. */
  bias2Se: number | null;
  variance: number | null;
  varianceSe: number | null;
  noise: number;
  /** `[R]`: each replica's error, noise included; NaN for those left out. */
  perReplica: Float64Array;
  /**
   * `[R]` each: jackknife pseudo-values n·θ − (n − 1)·θ₍ᵣ₎ of bias² and variance, NaN for replicas left out; null with
   * fewer than three replicas. Both terms are U-statistics, so the mean over the replicas is the term itself and the
   * standard error of that mean is the jackknife's: terms of two epochs are compared by pairing these.
   */
  pseudo: { bias2: Float64Array; variance: Float64Array } | null;
  /** What each draw adds to the variance, where replicas share some; terms and standard errors above are then these. */
  sources: VarianceSources | null;
  /** `[D, K]`: mean prediction. */
  mean: Float64Array;
  /** `[D, K]`: standard deviation of the predictions (n − 1); NaN for one replica. */
  sd: Float64Array;
}

/** The target at the decomposition points, which are indices into the test set. */
export function decompositionTarget(
  test: Replicas['test'],
  points: Int32Array,
  draws: SharedDraws | null,
): DecompositionTarget {
  const K = test.target.length / test.size;
  return {
    target: Float64Array.from(
      { length: points.length * K },
      (_, i) => test.target[points[Math.floor(i / K)]! * K + (i % K)]!,
    ),
    noise: Float64Array.from(points, (point) => test.noise[point]!),
    known: test.known,
    draws,
  };
}

/**
 * `predictionsAt(r)` gives replica r's `[D, K]`, or null to leave it out. Null if every replica is left out.
 * Takes O(R·D·K), jackknife included.
 */
export function decompose(
  predictionsAt: (replica: number) => Float32Array | null,
  R: number,
  given: DecompositionTarget,
): Decomposition | null {
  const { target, noise } = given;
  const D = noise.length;
  const size = target.length;
  const kept: { replica: number; predictions: Float32Array }[] = [];
  for (let replica = 0; replica < R; replica++) {
    const predictions = predictionsAt(replica);
    if (predictions) kept.push({ replica, predictions });
  }
  const n = kept.length;
  if (n === 0) return null;

  const mean = new Float64Array(size);
  for (const { predictions } of kept) for (let i = 0; i < size; i++) mean[i]! += predictions[i]!;
  let gap2 = 0;
  for (let i = 0; i < size; i++) {
    mean[i] = mean[i]! / n;
    gap2 += (mean[i]! - target[i]!) ** 2;
  }

  // Of each replica, summed over points: squared deviation from the mean, its product with the mean's gap to f, and the
  // squared error, which must not be put together from the other two: beside a replica that explodes, nothing of it is left.
  const spread = new Float64Array(n);
  const cross = new Float64Array(n);
  const squares = new Float64Array(n);
  const sd = new Float64Array(size);
  for (let k = 0; k < n; k++) {
    const { predictions } = kept[k]!;
    let a = 0;
    let b = 0;
    let c = 0;
    for (let i = 0; i < size; i++) {
      const deviation = predictions[i]! - mean[i]!;
      const square = deviation * deviation;
      a += square;
      b += deviation * (mean[i]! - target[i]!);
      c += (predictions[i]! - target[i]!) ** 2;
      sd[i]! += square;
    }
    spread[k] = a;
    cross[k] = b;
    squares[k] = c;
  }
  for (let i = 0; i < size; i++) sd[i] = Math.sqrt(sd[i]! / (n - 1));

  const noiseMean = noise.reduce((sum, x) => sum + x, 0) / D;
  const perReplica = new Float64Array(R).fill(NaN);
  kept.forEach(({ replica }, k) => (perReplica[replica] = noiseMean + squares[k]! / D));
  if (given.draws) return ofSharedDraws(predictionsAt, R, given, given.draws, { replicas: n, perReplica, mean, sd });
  const error = estimate(perReplica)!;
  const total = spread.reduce((sum, x) => sum + x, 0);
  const variance = n > 1 ? total / (n - 1) / D : null;
  const bias2 = variance === null ? null : gap2 / D - variance / n;
  const without = n > 2 ? leaveOneOut(spread, cross, gap2, total, D) : null;
  const pseudoOf = (all: number, left: Float64Array) => {
    const values = new Float64Array(R).fill(NaN);
    kept.forEach(({ replica }, k) => (values[replica] = n * all - (n - 1) * left[k]!));
    return values;
  };
  const pseudo = without && {
    bias2: pseudoOf(bias2!, without.bias2),
    variance: pseudoOf(variance!, without.variance),
  };
  return {
    replicas: n,
    error: error.value,
    errorSe: error.se,
    bias2,
    bias2Se: pseudo && estimate(pseudo.bias2)!.se,
    variance,
    varianceSe: pseudo && estimate(pseudo.variance)!.se,
    noise: noiseMean,
    perReplica,
    pseudo,
    sources: null,
    mean,
    sd,
  };
}

/**
 * Where replicas share draws, what is above would take what they have in common for bias: the terms come from pairs of
 * replicas that have nothing in common, see variance-sources.ts.
 */
function ofSharedDraws(
  predictionsAt: (replica: number) => Float32Array | null,
  R: number,
  given: DecompositionTarget,
  draws: SharedDraws,
  found: Pick<Decomposition, 'replicas' | 'perReplica' | 'mean' | 'sd'>,
): Decomposition {
  const sources = draws.sourcesOf(predictionsAt, R, given, draws);
  const plain = estimate(found.perReplica, draws)!;
  return {
    ...found,
    error: plain.value,
    errorSe: plain.se,
    bias2: sources?.bias2.value ?? null,
    bias2Se: sources?.bias2.se ?? null,
    variance: sources?.variance.value ?? null,
    varianceSe: sources?.variance.se ?? null,
    noise: given.noise.reduce((sum, x) => sum + x, 0) / given.noise.length,
    pseudo: null,
    sources,
  };
}

/**
 * Variance and bias² without each replica in turn, in closed form. With δ = p_r − m and g = m − f: the mean without r is
 * m − δ/(n − 1), and the sum of squares about it is S − δ²·n/(n − 1).
 */
function leaveOneOut(spread: Float64Array, cross: Float64Array, gap2: number, total: number, D: number) {
  const n = spread.length;
  const variance = spread.map((a) => (total - (a * n) / (n - 1)) / (n - 2) / D);
  const bias2 = spread.map(
    (a, k) => (gap2 - (2 * cross[k]!) / (n - 1) + a / (n - 1) ** 2) / D - variance[k]! / (n - 1),
  );
  return { variance, bias2 };
}
