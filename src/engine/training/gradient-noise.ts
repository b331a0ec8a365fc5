/**
 * @file What the gradients of single points say of one another: in float64 plain loops, from the weights of an epoch.
 *
 * Of the gradients g_i of the losses of one replica's n training points; penalties, class weights and disturbances are
 * left out.
 */
import { pointwise, type LayerGradients } from '../model/pointwise.ts';
import type { Job } from '../trainers/trainer.ts';

export interface GradientStatistics {
  /** tr Σ: the variance of the gradient of a single training point, summed over the parameters (n − 1). */
  variance: number;
  /** ‖ḡ‖²: the squared length of the mean gradient. */
  meanSquare: number;
  /** |G|², without bias: ‖ḡ‖² less what noise adds to it. */
  square: number;
  /**
   * The criterion of Mahsereci et al. 2017 (arXiv 1703.09580, eq. 7) with the whole training set as the batch: 1 −
   * (n / D)·Σ_k ḡ_k² / Σ_kk. Above zero the mean gradient ḡ is no longer than noise alone would make it. A parameter at
   * which no point has a gradient is not among the D; where that is so of all, it is 1.
   */
  evidence: number;
  /**
   * The gradient disparity of Forouzesh and Thiran 2021 (arXiv 2107.06665): mean of ‖g_a − g_b‖₂ over all pairs of five
   * batches, each with the gradient of its mean loss in units of the standard deviation (m − 1) of its m losses, which is
   * held constant. The batches are consecutive parts of the training set, as equal as can be and of two points at least,
   * whatever batches the training takes. NaN with fewer than four points, or where all losses of a batch are the same.
   */
  disparity: number;
}

const BATCHES = 5;

/**
 * Of the replica with weights `[P]`. The simple noise scale of McCandlish et al. 2018 (arXiv 1812.06162) is variance /
 * square: the batch at which noise and gradient are alike. With one training point all but ‖ḡ‖² are NaN.
 */
export function gradientStatistics(job: Job, replica: number, weights: ArrayLike<number>): GradientStatistics {
  const { parameters: P } = job.layout;
  const n = job.replicas.train.size;
  const { losses, layers } = pointwise(job, replica, Float64Array.from(weights));
  const batches = Math.max(1, Math.min(BATCHES, Math.floor(n / 2)));
  const bound = (b: number) => Math.floor((b * n) / batches);
  const sums = Array.from({ length: batches }, () => new Float64Array(P));
  // From the first point on, so that gradients that are all alike have a variance of exactly zero.
  const first = new Float64Array(P);
  for (const layer of layers) addGradient(layer, 0, first, new Float64Array(P), new Float64Array(P));
  const squares = new Float64Array(P);
  sums.forEach((sum, b) => {
    for (let p = bound(b); p < bound(b + 1); p++)
      for (const layer of layers) addGradient(layer, p, sum, squares, first);
  });

  let [variance, meanSquare, ratios, counted] = [0, 0, 0, 0];
  for (let k = 0; k < P; k++) {
    let mean = 0;
    for (const sum of sums) mean += sum[k]! / n;
    const own = Math.max(0, squares[k]! - n * (mean - first[k]!) ** 2) / (n - 1);
    variance += own;
    meanSquare += mean * mean;
    if (own === 0 && mean === 0) continue;
    ratios += (mean * mean) / own;
    counted++;
  }
  const evidence = counted === 0 ? 1 : 1 - (n / counted) * ratios;
  const scales = sums.map((_, b) => {
    const s = deviation(losses.subarray(bound(b), bound(b + 1)));
    return s > 0 ? 1 / (s * (bound(b + 1) - bound(b))) : NaN;
  });
  const square = meanSquare - variance / n;
  return { variance, meanSquare, square, evidence, disparity: meanDistance(sums, scales) };
}

/** Adds what point p has for the parameters of a layer to `sum`, and the squares of its distances from `first`. */
function addGradient(
  { layer, inputs, sums, normed }: LayerGradients,
  p: number,
  sum: Float64Array,
  squares: Float64Array,
  first: Float64Array,
): void {
  const H = layer.outputs;
  const add = (at: number, g: number) => {
    sum[at]! += g;
    squares[at]! += (g - first[at]!) * (g - first[at]!);
  };
  for (let i = 0; i < layer.inputs; i++) {
    const a = inputs[p * layer.inputs + i]!;
    for (let j = 0; j < H; j++) add(layer.weights + i * H + j, a * sums[p * H + j]!);
  }
  for (let j = 0; j < H; j++) add(layer.biases + j, sums[p * H + j]!);
  if (!normed) return;
  for (let j = 0; j < H; j++) {
    const d = normed.sums[p * H + j]!;
    add(normed.gains + j, d * normed.standard[p * H + j]!);
    add(normed.gains + H + j, d);
  }
}

/** Mean over the pairs of vectors, each times its scale; NaN without a pair. */
function meanDistance(vectors: readonly Float64Array[], scales: readonly number[]): number {
  let [total, pairs] = [0, 0];
  for (let a = 0; a < vectors.length; a++) {
    for (let b = 0; b < a; b++) {
      let square = 0;
      for (let k = 0; k < vectors[a]!.length; k++)
        square += (vectors[a]![k]! * scales[a]! - vectors[b]![k]! * scales[b]!) ** 2;
      total += Math.sqrt(square);
      pairs++;
    }
  }
  return total / pairs;
}

/** With n − 1. */
function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
