/** @file Measures how far a device's numbers are from the plain reference, and sets how far they may be. */

/** Float32 against float64, relative to the largest number: rounding leaves 1e-5, a fault leaves 1e-1. */
export const TOLERANCE = 1e-3;

/** Largest difference relative to the largest expected number; infinite where something is not finite. */
export function distance(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  let difference = 0;
  let size = 0;
  for (let i = 0; i < expected.length; i++) {
    difference = Math.max(difference, Math.abs(got[i]! - expected[i]!));
    size = Math.max(size, Math.abs(expected[i]!));
  }
  return Number.isFinite(difference) ? difference / Math.max(size, 1e-30) : Infinity;
}
