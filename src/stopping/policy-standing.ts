/** @file The state of a policy on one replica after some epochs. */
import type { Policy } from '../engine/experiment/experiment.ts';
import type { Tape } from '../engine/record/tape.ts';
import { begun, follow } from './policy-replay.ts';
import { metricsOf } from './policy-watch.ts';
import { curveOf, recordsOf } from './records.ts';
import { RULES } from './rules/index.ts';
import type { RuleState } from './standing.ts';

/** After so many of the epochs recorded; throws if the tape does not have what the policy needs. */
export function policyState(tape: Tape, policy: Policy, replica: number, epochs: number): RuleState {
  const record = { ...recordsOf(tape)[replica]!, epochs };
  const { watch, stop } = follow(begun(policy, RULES), record, [...metricsOf(policy, RULES)], replica);
  const { policy: decisive, watch: decider } = watch.decider;
  const { monitor } = decisive;
  const { best, wait } = decider;
  const value = best === -1 ? null : (curveOf(record, monitor, replica)[best] ?? null);
  return {
    monitor,
    best,
    value,
    reference: decider.reference ?? null,
    stop,
    fired: watch.fired,
    wait,
    why: decider.why(),
  };
}
