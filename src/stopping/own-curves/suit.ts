/** @file Adapts policies to the reader's own runs, which have logged less than a tape has. */
import type { Monitor, Policy, RulePolicy } from '../../engine/experiment/experiment.ts';
import { watchingOnly } from '../edit-policy.ts';
import { grows } from '../monitors.ts';
import { isRule, membersOf } from '../policy.ts';
import { recordedIn, type ReplicaRecord } from '../records.ts';
import type { Measure } from '../rule.ts';

/** Settings that say whether the metric is to shrink or to grow, as the libraries name them and their values. */
const DIRECTIONS = ['mode', 'comp', 'maximize', 'greater_is_better'];
const OPPOSITE: Readonly<Record<string, string>> = {
  ...{ min: 'max', max: 'min' },
  ...{ less: 'greater', greater: 'less' },
  ...{ true: 'false', false: 'true' },
};

/** What every run has logged. */
export function loggedByAll(records: readonly ReplicaRecord[]): Measure[] {
  const [first, ...others] = records.map(recordedIn);
  return (first ?? []).filter((measure) => others.every((other) => other.includes(measure)));
}

/**
 * The policy with every rule that watches what was not logged put on `monitor`, and turned round where that improves the
 * other way; null where one of its rules makes no sense of it.
 */
export function suitedTo(policy: Policy, logged: readonly Measure[], monitor: Monitor): Policy | null {
  const suited = watchingOnly(policy, logged, monitor);
  return suited && turned(policy, suited);
}

function turned(before: Policy, after: Policy): Policy {
  if (isRule(before) || isRule(after)) return isRule(before) && isRule(after) ? turnedRule(before, after) : after;
  const members = membersOf(after).map((member, i) => turned(membersOf(before)[i]!, member));
  return 'all' in after ? { all: members } : { any: members };
}

function turnedRule(before: RulePolicy, after: RulePolicy): RulePolicy {
  if (grows(before.monitor) === grows(after.monitor)) return after;
  const other = DIRECTIONS.flatMap((key) => {
    const opposite = OPPOSITE[String(after[key])];
    return opposite === undefined ? [] : [[key, opposite] as const];
  });
  return { ...after, ...Object.fromEntries(other) };
}
