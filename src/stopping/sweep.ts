/** @file Many values of a rule's counter on one history: in one pass where the rule can, else one after the other. */
import type { RulePolicy } from '../engine/experiment/experiment.ts';
import { ruleOf, type Rules } from './policy.ts';
import { curveOf, type ReplicaRecord } from './records.ts';
import { replayRule } from './replay.ts';
import { directionOf, roleKey, settingsOf } from './roles.ts';
import type { Sweep } from './rule.ts';

/** Where a sweep ends, and what the next value would have had to pass there; null: it is known by the best. */
export interface CounterSweep extends Sweep {
  reference: readonly (number | null)[] | null;
}

/** `counters` ascend. Throws where the rule has no counter, or the record not what it needs. */
export function sweepCounter(
  record: ReplicaRecord,
  policy: RulePolicy,
  rules: Rules,
  counters: readonly number[],
  replica: number,
): CounterSweep {
  const { sweep } = ruleOf(policy, rules);
  const { monitor } = policy;
  if (sweep) {
    const history = curveOf(record, monitor, replica);
    return { ...sweep(history, settingsOf(policy), directionOf(monitor), counters), reference: null };
  }
  const key = roleKey(policy, 'counter', rules);
  if (key === undefined) throw new Error(`${policy.rule}: it has no counter to sweep; take a rule that has a counter`);
  const ends = counters.map((counter) => replayRule(record, { ...policy, [key]: counter }, rules, replica));
  return {
    stop: Int32Array.from(ends, ({ replay }) => (replay.fired ? replay.stop : -1)),
    best: Int32Array.from(ends, ({ replay }) => replay.best),
    reference: ends.map(({ reference }) => reference),
  };
}
