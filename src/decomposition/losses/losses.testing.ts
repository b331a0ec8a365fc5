/** @file Small ensembles taken apart, for the tests of losses. */
import { decomposeLoss, type LossDecomposition, type LossOptions } from '../decompose-loss.ts';
import type { DecompositionTarget } from '../decompose.ts';
import { ERROR_LOSSES, type ErrorLossName } from './index.ts';

/** Predictions from rows `[R][D * K]`. */
export const at = (rows: ArrayLike<number>[]) => (r: number) => (rows[r] ? Float32Array.from(rows[r]) : null);
export const truth = (f: ArrayLike<number>, D: number, noise = 0): DecompositionTarget => ({
  target: Float64Array.from(f),
  noise: new Float64Array(D).fill(noise),
  known: true,
  draws: null,
});
export const taken = (
  name: ErrorLossName,
  rows: ArrayLike<number>[],
  target: DecompositionTarget,
  options: Partial<LossOptions> = {},
): LossDecomposition =>
  decomposeLoss(ERROR_LOSSES[name], at(rows), rows.length, target, { huberDelta: 1, ...options })!;
