/** @file A policy over recorded histories: where each replica stops, and the epoch whose weights it keeps. */
import type { Policy, RulePolicy } from '../engine/experiment/experiment.ts';
import type { Tape } from '../engine/record/tape.ts';
import { watched } from './monitors.ts';
import { isRule, metricsOf, ruleOf, type Rules } from './policy.ts';
import { curveOf, recordsOf, type ReplicaRecord } from './records.ts';
import { directionOf, settingsOf } from './roles.ts';
import type { History, Measure, ToldReplay } from './rule.ts';
import { isSignal, RuleWatch, watchPolicy, type PolicyWatch } from './watch.ts';

/** The policy on every replica, as far as each goes; throws if something that it needs was not recorded. */
export function replayPolicy(records: readonly ReplicaRecord[], policy: Policy, rules: Rules): ToldReplay[] {
  if (isFast(policy, rules)) {
    const replay = fastReplay(policy, rules);
    return records.map((record, r) => replay(upTo(curveOf(record, policy.monitor, r), record.epochs)));
  }
  const measures = [...metricsOf(policy, rules)];
  return records.map((record, replica) => told(follow(begun(policy, rules), record, measures, replica)));
}

/** The policy on every replica of a tape, as far as it goes; throws if the tape has not what the policy needs. */
export function replayTape(tape: Tape, policy: Policy, rules: Rules): ToldReplay[] {
  const { replicas, epochs } = tape.shape;
  const curve = isFast(policy, rules) ? watched(tape, policy.monitor) : null;
  if (!curve?.length) return replayPolicy(recordsOf(tape, metricsOf(policy, rules)), policy, rules);
  // Without records, which take as long as the replays.
  const replay = fastReplay(policy as RulePolicy, rules);
  return Array.from({ length: replicas }, (_, r) => replay(curve.subarray(r * epochs, r * epochs + tape.length)));
}

/** Whether it is one rule that has a faster way over a whole history than epoch by epoch. */
function isFast(policy: Policy, rules: Rules): policy is RulePolicy {
  return isRule(policy) && ruleOf(policy, rules).replay !== undefined && !isSignal(policy.monitor);
}

function fastReplay(policy: RulePolicy, rules: Rules): (history: History) => ToldReplay {
  const rule = ruleOf(policy, rules);
  const settings = settingsOf(policy);
  const direction = directionOf(policy.monitor);
  return (history) => rule.replay!(history, settings, direction);
}

const upTo = (history: History, epochs: number): History =>
  history.length === epochs ? history : Array.from({ length: epochs }, (_, epoch) => history[epoch]!);

/**
 * One rule on one replica, and what its next value would have to pass to count as an improvement; null where there is
 * nothing to compare with.
 */
export function replayRule(record: ReplicaRecord, policy: RulePolicy, rules: Rules, replica: number) {
  if (isFast(policy, rules)) {
    const history = upTo(curveOf(record, policy.monitor, replica), record.epochs);
    return { replay: fastReplay(policy, rules)(history), reference: null };
  }
  const followed = follow(begun(policy, rules), record, [...metricsOf(policy, rules)], replica);
  return { replay: told(followed), reference: followed.watch.decider.watch.reference ?? null };
}

/** A watch that has seen one replica, to its stop or as far as it is recorded, and the last epoch trained. */
export interface Followed {
  watch: PolicyWatch;
  stop: number;
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
  const curve = alone && curveOf(record, alone.policy.monitor, replica);
  const others = alone ? measures.filter((measure) => measure !== alone.policy.monitor) : measures;
  const curves = others.map((measure) => curveOf(record, measure, replica));
  const values: Partial<Record<Measure, number | null>> = {};
  while (!watch.fired && followed.stop + 1 < record.epochs) {
    const epoch = ++followed.stop;
    for (let i = 0; i < curves.length; i++) values[others[i]!] = curves[i]![epoch]!;
    if (alone) alone.look(curve![epoch]!, values);
    else watch.observe(values);
  }
  return followed;
}

/** Says why only when it is asked: it must be asked before the watch goes on. */
export function told({ watch, stop }: Followed): ToldReplay {
  const { decider, fired } = watch;
  const { best, wait } = decider.watch;
  return {
    ...{ stop, fired, best, restored: decider.restored(stop), wait },
    get why() {
      return decider.watch.why();
    },
  };
}

/** A policy on a tape that grows: every replica is followed on from where it was, not from its beginning. */
export class GrowingReplay {
  readonly #followed: readonly Followed[] | null;

  constructor(
    readonly tape: Tape,
    readonly policy: Policy,
    private readonly rules: Rules,
  ) {
    const { replicas } = tape.shape;
    this.#followed = isFast(policy, rules) ? null : Array.from({ length: replicas }, () => begun(policy, rules));
  }

  /** As far as the tape goes by now; throws if it does not have what the policy needs. */
  read(): ToldReplay[] {
    if (!this.#followed) return replayTape(this.tape, this.policy, this.rules);
    const measures = [...metricsOf(this.policy, this.rules)];
    const records = recordsOf(this.tape, measures);
    return this.#followed.map((followed, r) => ({ ...told(follow(followed, records[r]!, measures, r)) }));
  }
}
