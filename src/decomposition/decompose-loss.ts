/** @file The error of an ensemble under any loss taken apart, with the jackknife over replicas, in all and point by point. */
import type { LossSettings } from '../engine/experiment/settings/loss.ts';
import type { DecompositionTarget } from './decompose.ts';
import { estimate } from './estimate.ts';
import type { ErrorLoss } from './losses/loss.ts';

/** How the terms are estimated: with the loss's correction for a finite ensemble, or as they are for these replicas. */
export type TermEstimate = 'corrected' | 'plug-in';

export interface LossDecomposition {
  /** n: replicas that count. */
  replicas: number;
  error: number;
  /** Over replicas; this and whatever needs more than one replica is null without. */
  errorSe: number | null;
  noise: number;
  bias: number | null;
  /** Leave-one-replica-out jackknife, as the variance's; both need three replicas. */
  biasSe: number | null;
  variance: number | null;
  varianceSe: number | null;
  /** `[R]`: each replica's error, noise included; NaN for those left out. */
  perReplica: Float64Array;
  /** `[D]` each: the terms at every point, negative estimates kept; bias and variance are NaN for one replica. */
  points: Record<'error' | 'noise' | 'bias' | 'variance', Float64Array>;
}

export interface LossOptions {
  /** `corrected` where nothing is said. */
  terms?: TermEstimate;
  /** The δ of the Huber loss. */
  huberDelta: LossSettings['huberDelta'];
}

/**
 * `predictionsAt(r)` gives replica r's `[D, K]`, or null to leave it out; where replicas share draws
 * the terms are plug-in terms without standard errors. Null if every replica is left out. Takes O(R·D·K), the jackknife included, O(R²·D) for the Huber loss.
 *
 * The jackknife takes a term θ to nθ − (n − 1)·mean θ₍ᵣ₎ (Quenouille 1956): for a quadratic loss that is the unbiased
 * estimate, otherwise its bias is of order 1/n² instead of 1/n. Its standard error is that of Tukey, the spread of the
 * θ₍ᵣ₎ (of a quadratic loss, corrected themselves); where the centre jumps (median, mode) it is on the wide side. Noise + bias + variance = error either way.
 */
export function decomposeLoss(
  loss: ErrorLoss,
  predictionsAt: (replica: number) => Float32Array | null,
  R: number,
  { target, noise, draws }: DecompositionTarget,
  { terms = 'corrected', huberDelta }: LossOptions,
): LossDecomposition | null {
  const D = noise.length;
  const K = target.length / D;
  const kept: { replica: number; predictions: Float32Array }[] = [];
  for (let replica = 0; replica < R; replica++) {
    const predictions = predictionsAt(replica);
    if (predictions) kept.push({ replica, predictions });
  }
  const n = kept.length;
  if (n === 0) return null;

  const math = loss.open(n, K, { huberDelta });
  // The jackknife needs replicas that share nothing.
  const corrects = terms === 'corrected' && loss.correction !== 'none' && !draws;
  const here = new Float64Array(n * K);
  const losses = new Float64Array(n);
  const without = n > 1 ? new Float64Array(n) : null;
  // Over the points: each replica's loss, the loss of the centre, and of the centre without each replica.
  const total = new Float64Array(n);
  const totalWithout = new Float64Array(n);
  let totalCentre = 0;
  let totalNoise = 0;
  const column = () => new Float64Array(D).fill(NaN);
  const points = { error: column(), noise: column(), bias: column(), variance: column() };
  for (let i = 0; i < D; i++) {
    for (let r = 0; r < n; r++) {
      const { predictions } = kept[r]!;
      for (let k = 0; k < K; k++) here[r * K + k] = predictions[i * K + k]!;
    }
    const centre = math.measure(here, target, i * K, noise[i]!, losses, without);
    const least = math.least(target, i * K, noise[i]!);
    let sum = 0;
    for (let r = 0; r < n; r++) {
      sum += losses[r]!;
      total[r]! += losses[r]!;
    }
    const error = sum / n;
    points.error[i] = error;
    points.noise[i] = least;
    totalNoise += least;
    totalCentre += centre;
    if (!without) continue;
    let sumWithout = 0;
    for (let r = 0; r < n; r++) {
      sumWithout += without[r]!;
      totalWithout[r]! += without[r]!;
    }
    const centred = corrects ? n * centre - ((n - 1) * sumWithout) / n : centre;
    points.bias[i] = centred - least;
    points.variance[i] = error - centred;
  }

  const perReplica = new Float64Array(R).fill(NaN);
  kept.forEach(({ replica }, r) => (perReplica[replica] = total[r]! / D));
  const error = estimate(perReplica)!;
  const noiseMean = totalNoise / D;
  const centred = corrects
    ? n * totalCentre - ((n - 1) * totalWithout.reduce((sum, x) => sum + x, 0)) / n
    : totalCentre;
  // A quadratic loss has n/(n − 1) times the plug-in variance, without each replica as with all.
  const unbiased = corrects && loss.correction === 'exact';
  const totalError = total.reduce((sum, x) => sum + x, 0) / n;
  const varianceWithout = (r: number) =>
    ((totalError * n - total[r]!) / (n - 1) - totalWithout[r]!) * (unbiased ? (n - 1) / (n - 2) : 1);
  const variancePseudo = (r: number) =>
    n * (totalError - totalCentre) * (unbiased ? n / (n - 1) : 1) - (n - 1) * varianceWithout(r);
  const spread = (pseudo: (r: number) => number) =>
    n > 2 && !draws ? estimate(Float64Array.from({ length: n }, (_, r) => pseudo(r) / D))!.se : null;
  return {
    replicas: n,
    error: error.value,
    errorSe: draws ? null : error.se,
    noise: noiseMean,
    bias: n > 1 ? centred / D - noiseMean : null,
    // What is not variance is bias and noise; of the error, the pseudo-values are the replicas' own.
    biasSe: spread((r) => total[r]! - variancePseudo(r)),
    variance: n > 1 ? error.value - centred / D : null,
    varianceSe: spread(variancePseudo),
    perReplica,
    points,
  };
}
