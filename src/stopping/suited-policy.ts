/** @file Adapts policies to the reader's own runs, which have logged less than a tape has. */
import type { Monitor, Policy, RulePolicy } from '../engine/experiment/experiment.ts';
import { watchingOnly } from './edit-policy.ts';
import { formOf, isRule, membersOf, type Descriptions } from './policy.ts';
import { recordedIn, type ReplicaRecord } from './records.ts';
import { chosenIn, directionOf, withChosen } from './roles.ts';
import type { Measure } from './rule.ts';

/** What every run has logged. */
export function loggedByAll(records: readonly ReplicaRecord[]): Measure[] {
  const [first, ...others] = records.map(recordedIn);
  return (first ?? []).filter((measure) => others.every((other) => other.includes(measure)));
}

/**
 * The policy with every rule that watches what was not logged put on `monitor`, and turned round where that improves the
 * other way; null where one of its rules makes no sense of it.
 */
export function suitedTo(
  policy: Policy,
  rules: Descriptions,
  logged: readonly Measure[],
  monitor: Monitor,
): Policy | null {
  const suited = watchingOnly(policy, rules, logged, monitor);
  return suited && turned(policy, suited, rules);
}

function turned(before: Policy, after: Policy, rules: Descriptions): Policy {
  if (isRule(before) || isRule(after))
    return isRule(before) && isRule(after) ? turnedRule(before, after, rules) : after;
  const members = membersOf(after).map((member, i) => turned(membersOf(before)[i]!, member, rules));
  return formOf(after) === 'all' ? { all: members } : { any: members };
}

/** An explicit direction is turned round, an automatic one follows the metric by itself. */
function turnedRule(before: RulePolicy, after: RulePolicy, rules: Descriptions): RulePolicy {
  if (directionOf(before.monitor) === directionOf(after.monitor)) return after;
  const { direction } = chosenIn(before, rules);
  return direction === undefined || direction === 'auto'
    ? after
    : withChosen(after, { direction: direction === 'min' ? 'max' : 'min' }, rules);
}
