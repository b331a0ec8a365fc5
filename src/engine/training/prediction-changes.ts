/** @file Prediction changes (Yuan et al. 2025, arXiv 2502.07551): how many points are told another class than before. */

/**
 * The class of each of n points, from their last linear outputs `[n, K]` at `from`: the largest, the first of several;
 * with K = 1, class 1 above zero. Writes them into `classes` from `at` on, and returns how many were others there
 * before; NaN if an output is not finite.
 */
export function takeClasses(
  outputs: ArrayLike<number>,
  from: number,
  K: number,
  n: number,
  classes: Uint16Array,
  at: number,
): number {
  let changed = 0;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const z = from + i * K;
    let decision = K === 1 && outputs[z]! > 0 ? 1 : 0;
    sum += outputs[z]!;
    for (let k = 1; k < K; k++) {
      if (outputs[z + k]! > outputs[z + decision]!) decision = k;
      sum += outputs[z + k]!;
    }
    if (classes[at + i] !== decision) changed++;
    classes[at + i] = decision;
  }
  return Number.isFinite(sum) ? changed : NaN;
}
