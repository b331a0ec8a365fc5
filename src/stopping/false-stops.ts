/**
 * @file False stops: how often a rule gives up although the same history, recorded further, would still have improved.
 *
 * A stop of a replica is false if some later epoch of its record counts as better than the best value at the stop, as the
 * rule itself compares; if the rule knows no best, if one passes what the next value had to pass. A replica that is not
 * stopped has no false stop.
 */
import type { RulePolicy } from '../engine/experiment/experiment.ts';
import { PATIENCES } from './axes.ts';
import type { Rules } from './policy.ts';
import { curveOf, type ReplicaRecord } from './records.ts';
import { comparisonOf, directionIn, signOfDirection, type IsBetter } from './roles.ts';
import type { History } from './rule.ts';
import { sweepCounter } from './sweep.ts';

/** `[length + 1]`: the best value from each epoch to the end; the worst there is at the end itself. */
export function bestFrom(values: History, sign: 1 | -1): Float64Array {
  const best = new Float64Array(values.length + 1).fill(sign * Infinity);
  for (let e = values.length - 1; e >= 0; e--) {
    const value = values[e]!;
    best[e] = value !== null && sign * value < sign * best[e + 1]! ? value : best[e + 1]!;
  }
  return best;
}

/** A history with what is to come after each of its epochs. */
export class Hindsight {
  readonly #later: Float64Array;

  constructor(
    readonly history: History,
    readonly sign: 1 | -1,
  ) {
    this.#later = bestFrom(history, sign);
  }

  /** Whether a rule that compares like that gave up too early; `reference` counts where it knows no best. */
  isFalse(stop: number, best: number, reference: number | null, isBetter: IsBetter): boolean {
    const later = this.#later[stop + 1]!;
    if (best !== -1) return isBetter(later, this.history[best] ?? NaN, this.sign);
    return reference !== null && this.sign * later < this.sign * reference;
  }
}

export interface FalseStops {
  counters: readonly number[];
  /** Replicas counted: those with a history. */
  replicas: number;
  /** `[counters]`: share of the replicas whose stop is false. */
  probability: Float64Array;
  /** `[counters]`: its binomial standard error √(q(1 − q) / n); 0 where none or all are false says little if n is small. */
  se: Float64Array;
  /** For each counter `[R]`: the last epoch trained, −1 where the rule did not stop. */
  stops: readonly Int32Array[];
}

/** The rule with each value of its counter (ascending) in place of its own; it must have one. */
export function falseStops(
  records: readonly ReplicaRecord[],
  policy: RulePolicy,
  rules: Rules,
  counters: readonly number[] = PATIENCES,
): FalseStops {
  const sign = signOfDirection(directionIn(policy, rules));
  const isBetter = comparisonOf(policy, rules);
  const count = new Float64Array(counters.length);
  const stops = counters.map(() => new Int32Array(records.length).fill(-1));
  records.forEach((record, r) => {
    const hindsight = new Hindsight(curveOf(record, policy.monitor, r), sign);
    const { stop, best, reference } = sweepCounter(record, policy, rules, counters, r);
    for (let i = 0; i < counters.length; i++) {
      stops[i]![r] = stop[i]!;
      if (stop[i] !== -1 && hindsight.isFalse(stop[i]!, best[i]!, reference?.[i] ?? null, isBetter)) count[i]!++;
    }
  });
  const replicas = records.filter(({ epochs }) => epochs > 0).length;
  const probability = count.map((n) => n / replicas);
  const se = probability.map((q) => Math.sqrt((q * (1 - q)) / replicas));
  return { counters, replicas, probability, se, stops };
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
