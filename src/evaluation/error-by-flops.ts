/** @file The error of several runs against the compute spent on training, and the lower envelope of their curves. */
import type { Tape } from '../engine/record/tape.ts';

/** Means over the sound replicas at every recorded epoch; `flops` ascend and are those of one replica. */
export interface FlopsCurve {
  flops: Float64Array;
  error: Float64Array;
}

export function flopsCurve(tape: Tape): FlopsCurve {
  const { replicas: R, epochs: E } = tape.shape;
  const flops = new Float64Array(tape.length);
  const error = new Float64Array(tape.length);
  for (let e = 0; e < tape.length; e++) {
    let n = 0;
    for (let r = 0; r < R; r++) {
      if (!tape.sound(r, e)) continue;
      flops[e]! += tape.flops[r * E + e]!;
      error[e]! += tape.error[r * E + e]!;
      n++;
    }
    flops[e]! /= n;
    error[e]! /= n;
  }
  return { flops, error };
}

/** The last epoch (index) that a budget pays for; −1 where it pays for none, null where it pays for more than is recorded. */
export function epochWithin({ flops }: Pick<FlopsCurve, 'flops'>, budget: number): number | null {
  if (flops.length === 0 || budget > flops.at(-1)!) return null;
  let [low, high] = [0, flops.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (flops[middle]! <= budget) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** `[R]`: the error of each replica at what a budget pays for; null where that was not recorded. */
export function errorsWithin(tape: Tape, budget: number): Float64Array | null {
  const epoch = epochWithin(flopsCurve(tape), budget);
  if (epoch === null || epoch === -1) return null;
  const { replicas: R, epochs: E } = tape.shape;
  return Float64Array.from({ length: R }, (_, r) => (tape.sound(r, epoch) ? tape.error[r * E + epoch]! : NaN));
}

export interface EnvelopePoint {
  budget: number;
  /** The least mean error that any curve reaches within the budget, at the epoch that it pays for. */
  error: number;
  /** Which curve. */
  curve: number;
}

/** At the budgets at which at least one of the curves was recorded. */
export function lowerEnvelope(curves: readonly FlopsCurve[], budgets: readonly number[]): EnvelopePoint[] {
  return budgets.flatMap((budget) => {
    const points = curves.flatMap(({ flops, error }, curve) => {
      const epoch = epochWithin({ flops }, budget);
      return epoch === null || epoch === -1 || Number.isNaN(error[epoch]!)
        ? []
        : [{ budget, error: error[epoch]!, curve }];
    });
    return points.length === 0 ? [] : [points.reduce((best, point) => (point.error < best.error ? point : best))];
  });
}
