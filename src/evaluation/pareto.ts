/**
 * @file Error against compute: which policies are worth their epochs.
 *
 * The compute-optimal point has the least compute of those whose error is within one standard error of the lowest (the
 * one-standard-error rule of Breiman, Friedman, Olshen, Stone: Classification and Regression Trees, 1984). What lies beyond
 * it is overtrained: it spends more and has no lower error that the replicas could tell apart.
 */
import type { RulePolicy } from '../engine/experiment/experiment.ts';
import { PATIENCES } from '../stopping/axes.ts';
import { ruleOf, type Rules } from '../stopping/policy.ts';
import type { ReplicaRecord } from '../stopping/records.ts';
import { settingsOf } from '../stopping/roles.ts';
import { sweepCounter } from '../stopping/sweep.ts';
import { judge, type Judged, type Stop } from './stop-costs.ts';

export interface ParetoPoint {
  /** Mean epochs trained. */
  epochs: number;
  /** Share of the planned epochs. */
  compute: number;
  /** Mean error of the weights kept, NaN if no replica counts. */
  error: number;
  /** Its standard error; null if only one replica counts. */
  se: number | null;
}

export function pointOf({ epochs, compute, error }: Pick<Judged, 'epochs' | 'compute' | 'error'>): ParetoPoint {
  return { epochs, compute, error: error?.value ?? NaN, se: error?.se ?? null };
}

/** The rule with each value of its counter (ascending) in place of its own; it must have one. */
export function counterPoints(
  records: readonly ReplicaRecord[],
  policy: RulePolicy,
  rules: Rules,
  planned: number,
  counters: readonly number[] = PATIENCES,
): ParetoPoint[] {
  const { restores } = ruleOf(policy, rules);
  const settings = settingsOf(policy);
  const [whenFired, whenNot] = [true, false].map((fired) => restores?.(settings, fired) ?? true);
  const sweeps = records.map((record, r) => sweepCounter(record, policy, rules, counters, r));
  return counters.map((_, i) => {
    const stops = sweeps.map((sweep, r): Stop => {
      const fired = sweep.stop[i] !== -1;
      const stop = fired ? sweep.stop[i]! : records[r]!.epochs - 1;
      const best = sweep.best[i]!;
      return { stop, restored: (fired ? whenFired : whenNot) && best !== -1 ? best : stop };
    });
    return pointOf(judge(records, stops, planned));
  });
}

export interface Pareto {
  /** Indices of the points that no other is better than in one and at least as good in the other, by rising compute. */
  front: number[];
  /** Index of the compute-optimal point; −1 if no point has an error. */
  optimal: number;
  /** Indices of the points with more compute than the compute-optimal one, by rising compute. */
  overtrained: number[];
}

/** Points without an error are left out. Of equal points the first is on the front. */
export function pareto(points: readonly ParetoPoint[]): Pareto {
  const order = points.flatMap((point, i) => (Number.isNaN(point.error) ? [] : i));
  order.sort((a, b) => points[a]!.compute - points[b]!.compute || points[a]!.error - points[b]!.error || a - b);
  const front: number[] = [];
  for (const i of order) if (front.length === 0 || points[i]!.error < points[front.at(-1)!]!.error) front.push(i);
  const lowest = points[front.at(-1) ?? -1];
  if (!lowest) return { front, optimal: -1, overtrained: [] };
  const limit = lowest.error + (lowest.se ?? 0);
  const optimal = front.find((i) => points[i]!.error <= limit)!;
  return { front, optimal, overtrained: order.filter((i) => points[i]!.compute > points[optimal]!.compute) };
}
