/** @file Replays a policy on recorded histories, with the same watch that observes a live training. */
import type { Policy } from '../engine/experiment/experiment.ts';
import type { ReplicaReplay } from './keras.ts';
import { metricsOf, RuleWatch, watchPolicy, type PolicyWatch } from './policy-watch.ts';
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
  // A rule alone gets what it watches straight from the curve, without a look-up by name at every epoch.
  const alone = watch instanceof RuleWatch ? watch : null;
  const watched = alone && curveOf(record, alone.policy.monitor, replica);
  const others = alone ? measures.filter((measure) => measure !== alone.policy.monitor) : measures;
  const curves = others.map((measure) => curveOf(record, measure, replica));
  const values: Partial<Record<Measure, number | null>> = {};
  while (!watch.fired && followed.stop + 1 < record.epochs) {
    const epoch = ++followed.stop;
    for (let i = 0; i < curves.length; i++) values[others[i]!] = curves[i]![epoch]!;
    if (alone) alone.look(watched![epoch]!, values);
    else watch.observe(values);
  }
  return followed;
}

export function told({ watch, stop }: Followed): PolicyReplay {
  const { decider, fired } = watch;
  const { best, wait } = decider.watch;
  return { stop, fired, best, restored: decider.restored(stop), wait, why: decider.watch.why() };
}
