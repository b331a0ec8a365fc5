/**
 * @file False stops: how often a patience gives up although the same history, recorded further, would still have improved.
 *
 * A stop of a replica is false if some later epoch of its record beats the best value at the stop by more than min delta,
 * as the rule itself compares. A replica that is not stopped has no false stop. A larger patience is never false where a
 * smaller one is not.
 */
import type { StoppingSettings } from '../engine/experiment/experiment.ts';
import { PATIENCES } from './axes.ts';
import { improves, kerasRule } from './keras.ts';
import { bestFrom, sweepPatience } from './patience-sweep.ts';
import { curveOf, type ReplicaRecord } from './records.ts';

export interface FalseStops {
  patiences: readonly number[];
  /** Replicas counted: those with a history. */
  replicas: number;
  /** `[patiences]`: share of the replicas whose stop is false. */
  probability: Float64Array;
  /** `[patiences]`: its binomial standard error √(q(1 − q) / n); 0 where none or all are false says little if n is small. */
  se: Float64Array;
  /** For each patience `[R]`: the last epoch trained, −1 where the rule did not stop. */
  stops: readonly Int32Array[];
}

/** The rule of the settings with each patience (ascending) in place of its own. */
export function falseStops(
  records: readonly ReplicaRecord[],
  settings: StoppingSettings,
  patiences: readonly number[] = PATIENCES,
): FalseStops {
  const rule = kerasRule(settings);
  const sign = rule.mode === 'min' ? 1 : -1;
  const probability = new Float64Array(patiences.length);
  const stops = patiences.map(() => new Int32Array(records.length).fill(-1));
  records.forEach((record, r) => {
    const values = curveOf(record, settings.monitor, r);
    const later = bestFrom(values, sign);
    const { stop, best } = sweepPatience(values, rule, patiences);
    for (let i = 0; i < patiences.length && stop[i] !== -1; i++) {
      stops[i]![r] = stop[i]!;
      if (improves(later[stop[i]! + 1]!, values[best[i]!]!, sign, rule.minDelta)) probability[i]!++;
    }
  });
  const replicas = records.filter(({ epochs }) => epochs > 0).length;
  const share = probability.map((count) => count / replicas);
  return { patiences, replicas, probability: share, se: share.map((q) => Math.sqrt((q * (1 - q)) / replicas)), stops };
}

export interface Histogram {
  /** `[bins + 1]`: bin i holds the stops after `edges[i] + 1` to `edges[i + 1]` epochs trained. */
  edges: number[];
  counts: number[];
  /** Replicas that were not stopped. */
  never: number;
}

/** Stop epochs (indices, −1: never) of a run of `epochs` in at most `bins` bins of equal, whole width. */
export function histogram(stops: ArrayLike<number>, epochs: number, bins = 20): Histogram {
  const width = Math.max(1, Math.ceil(epochs / bins));
  const n = Math.ceil(epochs / width);
  const counts = Array<number>(n).fill(0);
  let never = 0;
  for (let i = 0; i < stops.length; i++) {
    if (stops[i] === -1) never++;
    else counts[Math.floor(stops[i]! / width)]!++;
  }
  return { edges: Array.from({ length: n + 1 }, (_, i) => Math.min(epochs, i * width)), counts, never };
}
