/** @file A policy over recorded histories: the same watch that stands beside a training, fed from the record. */
import type { Policy } from '../engine/experiment.ts';
import type { ReplicaReplay } from './keras.ts';
import { metricsOf, watchPolicy, type PolicyWatch } from './policy-watch.ts';
import type { Rules } from './policy.ts';
import { curveOf, type ReplicaRecord } from './records.ts';
import type { Measure } from './rule.ts';

/** A replay that also says why. */
export interface PolicyReplay extends ReplicaReplay {
  why: string;
}

/** A watch that has seen one replica, to its stop or as far as it is recorded, and the last epoch trained. */
export interface Followed {
  watch: PolicyWatch;
  stop: number;
}

/** The policy on every replica, as far as each goes; throws if something that it needs was not recorded. */
export function replayPolicy(records: readonly ReplicaRecord[], policy: Policy, rules: Rules): PolicyReplay[] {
  const measures = [...metricsOf(policy, rules)];
  return records.map((record, replica) => told(follow(begun(policy, rules), record, measures, replica)));
}

export const begun = (policy: Policy, rules: Rules): Followed => ({ watch: watchPolicy(policy, rules), stop: -1 });

/** Goes on from where it was to the end of the record; throws if one of the measures was not recorded. */
export function follow(
  followed: Followed,
  record: ReplicaRecord,
  measures: readonly Measure[],
  replica: number,
): Followed {
  const { watch } = followed;
  const curves = measures.map((measure) => curveOf(record, measure, replica));
  const values: Partial<Record<Measure, number | null>> = {};
  while (!watch.fired && followed.stop + 1 < record.epochs) {
    followed.stop++;
    for (let i = 0; i < curves.length; i++) values[measures[i]!] = curves[i]![followed.stop]!;
    watch.observe(values);
  }
  return followed;
}

export function told({ watch, stop }: Followed): PolicyReplay {
  const { decider, fired } = watch;
  const { best, wait } = decider.watch;
  return { stop, fired, best, restored: decider.restored(stop), wait, why: decider.watch.why() };
}
