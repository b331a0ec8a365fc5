/** @file The confusion matrix of the ensemble's mean prediction, and how far the replicas agree. */
import { estimate, type Estimate } from '../../decomposition/estimate.ts';

export interface Confusion {
  /** C */
  classes: number;
  /** `[C, C]`: test points by true class (row) and class of the mean prediction (column). */
  counts: Int32Array;
  /** `[C]`: share of each class that is recognised; NaN for a class without test points. */
  recognised: Float64Array;
  /** Share of all test points that the mean prediction gets right. */
  accuracy: number;
  /** The same for one replica on its own: mean and standard error over replicas; null without replicas. */
  single: Estimate | null;
  /** Share of single predictions that differ from that of the mean. */
  disagreement: number;
}

/** The class that K numbers stand for: with one, whether it is above ½; else the first of the largest. */
export function classOf(prediction: ArrayLike<number>, at: number, K: number): number {
  if (K === 1) return prediction[at]! > 0.5 ? 1 : 0;
  let best = 0;
  for (let k = 1; k < K; k++) if (prediction[at + k]! > prediction[at + best]!) best = k;
  return best;
}

/** `mean` and `target` are `[D, K]`, and so is each replica's prediction. */
export function confusion(
  mean: Float64Array,
  target: Float64Array,
  predictions: readonly Float32Array[],
  K: number,
): Confusion {
  const C = Math.max(2, K);
  const D = mean.length / K;
  const truth = Int32Array.from({ length: D }, (_, i) => classOf(target, i * K, K));
  const main = Int32Array.from({ length: D }, (_, i) => classOf(mean, i * K, K));
  const counts = new Int32Array(C * C);
  truth.forEach((row, i) => counts[row * C + main[i]!]!++);
  const rowSum = (row: number) => counts.subarray(row * C, (row + 1) * C).reduce((sum, count) => sum + count, 0);
  const right = Array.from({ length: C }, (_, c) => counts[c * C + c]!);
  let differing = 0;
  const accuracies = Float64Array.from(predictions, (prediction) => {
    let hits = 0;
    for (let i = 0; i < D; i++) {
      const said = classOf(prediction, i * K, K);
      if (said === truth[i]) hits++;
      if (said !== main[i]) differing++;
    }
    return hits / D;
  });
  return {
    classes: C,
    counts,
    recognised: Float64Array.from(right, (count, row) => count / rowSum(row)),
    accuracy: right.reduce((sum, count) => sum + count, 0) / D,
    single: estimate(accuracies),
    disagreement: differing / (D * predictions.length),
  };
}
