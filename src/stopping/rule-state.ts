/** @file Where a policy stands with one replica after some epochs. */
import type { Monitor, Policy } from '../engine/experiment/experiment.ts';
import type { Tape } from '../engine/record/tape.ts';
import { metricsOf, type Rules } from './policy.ts';
import { curveOf, recordsOf } from './records.ts';
import { begun, follow } from './replay.ts';

/** Epochs are indices from 0. */
export interface RuleState {
  /** What the rule that decides watches: of a group, that of the member. */
  monitor: Monitor;
  /** Best epoch in the eyes of the rule, and what was watched there; −1 and null if there is none. */
  best: number;
  value: number | null;
  /** What a value has to pass to count as an improvement; null where there is nothing to compare with. */
  reference: number | null;
  /** Last epoch trained, and whether the rule ended it there. */
  stop: number;
  fired: boolean;
  /** The rule's counter. */
  wait: number;
  /** All that in a sentence. */
  why: string;
}

/** After so many of the epochs recorded; throws if the tape does not have what the policy needs. */
export function ruleState(tape: Tape, policy: Policy, rules: Rules, replica: number, epochs: number): RuleState {
  const measures = [...metricsOf(policy, rules)];
  const record = { ...recordsOf(tape, measures)[replica]!, epochs };
  const { watch, stop } = follow(begun(policy, rules), record, measures, replica);
  const { policy: decisive, watch: decider } = watch.decider;
  const { monitor } = decisive;
  const { best, wait } = decider;
  return {
    monitor,
    best,
    value: best === -1 ? null : (curveOf(record, monitor, replica)[best] ?? null),
    reference: decider.reference ?? null,
    stop,
    fired: watch.fired,
    wait,
    why: decider.why(),
  };
}
