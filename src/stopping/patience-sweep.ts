/** @file The rule of Keras with many patiences at once: one pass over a history serves all of them. */
import { improves, type KerasRule } from './keras.ts';

export interface Sweep {
  /** `[patiences]`: the last epoch trained where the rule fired, −1 where it did not. */
  stop: Int32Array;
  /** `[patiences]`: the best epoch at that stop, or at the end of the history; −1 if no value was seen. */
  best: Int32Array;
}

/** Patiences ascend; that of the rule does not matter. Missing values (null) are passed over, as the rule does. */
export function sweepPatience(values: ArrayLike<number | null>, rule: KerasRule, patiences: readonly number[]): Sweep {
  const sign = rule.mode === 'min' ? 1 : -1;
  const stop = new Int32Array(patiences.length).fill(-1);
  const best = new Int32Array(patiences.length);
  let at = -1;
  let bestValue = NaN;
  let wait = 0;
  let next = 0;
  for (let e = rule.startFromEpoch; e < values.length && next < patiences.length; e++) {
    const value = values[e]!;
    if (value === null) continue;
    wait++;
    if (at === -1 || improves(value, bestValue, sign, rule.minDelta)) {
      at = e;
      bestValue = value;
      if (rule.baseline === null || improves(value, rule.baseline, sign, rule.minDelta)) wait = 0;
    } else {
      for (; next < patiences.length && patiences[next]! <= wait; next++) {
        stop[next] = e;
        best[next] = at;
      }
    }
  }
  return { stop, best: best.fill(at, next) };
}
