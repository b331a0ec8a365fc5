/** @file A policy over recorded histories: the same watch that stands beside a training, fed from the record. */
import type { Monitor } from '../engine/experiment.ts';
import type { ReplicaReplay } from './keras.ts';
import { metricsOf, watchPolicy, type PolicyWatch } from './policy-watch.ts';
import type { Policy, Rules } from './policy.ts';
import { curveOf, type ReplicaRecord } from './records.ts';

/** A replay that also says why. */
export interface PolicyReplay extends ReplicaReplay {
  why: string;
}

/** The policy on every replica, as far as each goes; throws if a metric that it needs was not recorded. */
export function replayPolicy(records: readonly ReplicaRecord[], policy: Policy, rules: Rules): PolicyReplay[] {
  const metrics = [...metricsOf(policy, rules)];
  return records.map((record, replica) => {
    const curves = metrics.map((metric) => [metric, curveOf(record, metric, replica)] as const);
    const watch = watchPolicy(policy, rules);
    const stop = run(watch, record.epochs, curves);
    const { decider, fired } = watch;
    const { best, wait } = decider.watch;
    return { stop, fired, best, restored: decider.restored(stop), wait, why: decider.watch.why() };
  });
}

/** The last epoch trained. */
function run(
  watch: PolicyWatch,
  epochs: number,
  curves: readonly (readonly [Monitor, ArrayLike<number | null>])[],
): number {
  const values: Partial<Record<Monitor, number | null>> = {};
  for (let e = 0; e < epochs; e++) {
    for (const [metric, curve] of curves) values[metric] = curve[e]!;
    if (watch.observe(values)) return e;
  }
  return epochs - 1;
}
