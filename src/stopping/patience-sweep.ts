/** @file The rule of Keras with many patiences at once, in a single pass over a history. */
import { improves, type KerasRule } from './keras.ts';

export interface Sweep {
  /** `[patiences]`: the last epoch trained where the rule fired, −1 where it did not. */
  stop: Int32Array;
  /** `[patiences]`: the best epoch at that stop, or at the end of the history; −1 if no value was seen. */
  best: Int32Array;
}

/**
 * Patiences ascend; that of the rule does not matter. Missing values (null) are passed over, as the rule does. What is
 * found goes into `into`, which is returned.
 */
export function sweepPatience(
  values: ArrayLike<number | null>,
  rule: KerasRule,
  patiences: readonly number[],
  into: Sweep = { stop: new Int32Array(patiences.length), best: new Int32Array(patiences.length) },
): Sweep {
  const { minDelta, baseline } = rule;
  const sign = rule.mode === 'min' ? 1 : -1;
  const { stop, best } = into;
  let at = -1;
  let bestValue = NaN;
  let wait = 0;
  let next = 0;
  for (let e = rule.startFromEpoch; e < values.length && next < patiences.length; e++) {
    const value = values[e]!;
    if (value === null) continue;
    wait++;
    if (at === -1 || improves(value, bestValue, sign, minDelta)) {
      at = e;
      bestValue = value;
      if (baseline === null || improves(value, baseline, sign, minDelta)) wait = 0;
    } else {
      for (; next < patiences.length && patiences[next]! <= wait; next++) {
        stop[next] = e;
        best[next] = at;
      }
    }
  }
  stop.fill(-1, next);
  best.fill(at, next);
  return into;
}

/** `[length + 1]`: the best value from each epoch to the end; the worst there is at the end itself. */
export function bestFrom(values: ArrayLike<number | null>, sign: 1 | -1): Float64Array {
  const best = new Float64Array(values.length + 1).fill(sign * Infinity);
  for (let e = values.length - 1; e >= 0; e--) {
    const value = values[e]!;
    best[e] = value !== null && sign * value < sign * best[e + 1]! ? value : best[e + 1]!;
  }
  return best;
}
