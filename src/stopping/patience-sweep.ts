/** @file The rule of Keras with many patiences at once, in a single pass over a history. */
import { improves, type KerasRule } from './keras.ts';
import type { History, Sweep } from './rule.ts';

/**
 * Patiences ascend; that of the rule does not matter. Missing values (null) are passed over, as the rule does. What is
 * found goes into `into`, which is returned.
 */
export function sweepPatience(
  values: History,
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
