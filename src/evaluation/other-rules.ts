/** @file Which other rules would have suited the runs of a log better: chosen on the runs they are judged on, and so too good. */
import { median } from 'd3-array';
import { paired } from '../decomposition/estimate.ts';
import type { RulePolicy } from '../engine/experiment/experiment.ts';
import { ruleNamed } from '../stopping/edit-policy.ts';
import { ruleOf, type Rules } from '../stopping/policy.ts';
import type { ReplicaRecord } from '../stopping/records.ts';
import { roleKey } from '../stopping/roles.ts';
import { outcomesByCounter, outcomesOf, type RunOutcomes } from './run-outcomes.ts';

/** `quickest`: the smallest counter that keeps as much as the best one; `most`: the counter that keeps most. */
export type Reason = 'quickest' | 'most' | 'same-for-all' | 'waits-for-a-rise';

export interface OtherRule {
  policy: RulePolicy;
  reason: Reason;
  outcomes: RunOutcomes;
}

/** A rise of so many per cent above the least so far: Prechelt's most patient threshold. */
const RISE = 20;

/**
 * With other values of the counter of `counting`, with the same number of evaluations for every run, and with a rule that
 * waits for a rise instead. None that equals an earlier one. `counters` ascend.
 */
export function otherRules(
  records: readonly ReplicaRecord[],
  bests: Int32Array,
  counting: RulePolicy,
  rules: Rules,
  counters: readonly number[],
): OtherRule[] {
  const found: OtherRule[] = [];
  const add = (policy: RulePolicy, reason: Reason, outcomes: RunOutcomes) => {
    const key = JSON.stringify(policy);
    if (!found.some((other) => JSON.stringify(other.policy) === key)) found.push({ policy, reason, outcomes });
  };
  const key = roleKey(counting, 'counter', rules)!;
  const restores = roleKey(counting, 'restores', rules);
  const keeping: RulePolicy = restores === undefined ? counting : { ...counting, [restores]: true };
  const swept = outcomesByCounter(records, bests, keeping, rules, counters);
  const { least, quickest } = quickestOf(swept);
  if (quickest !== -1) {
    add({ ...keeping, [key]: counters[quickest]! }, 'quickest', swept[quickest]!);
    add({ ...keeping, [key]: counters[least]! }, 'most', swept[least]!);
  }
  const middle = median(Array.from(bests).filter((best) => best !== -1));
  const { monitor } = counting;
  const others: [name: string, settings: Record<string, number | null>, reason: Reason][] = [
    ['budget', { epochs: Math.max(1, Math.round((middle ?? 0) + 1)) }, 'same-for-all'],
    ['gl', { alpha: RISE, minProgress: null }, 'waits-for-a-rise'],
  ];
  for (const [name, settings, reason] of others) {
    const { monitors } = ruleOf({ rule: name, monitor }, rules);
    if (monitors && !monitors.includes(monitor)) continue;
    const policy = { ...ruleNamed(name, monitor, rules), ...settings };
    add(policy, reason, outcomesOf(records, bests, policy, rules));
  }
  return found;
}

/** The least mean error, the first of equals, and the first that cannot be told apart from it, run by run; −1 for none. */
function quickestOf(swept: readonly RunOutcomes[]): { least: number; quickest: number } {
  const means = swept.map(({ kept }) => kept.reduce((sum, error) => sum + (Number.isNaN(error) ? 0 : error), 0));
  const least = means.indexOf(Math.min(...means));
  const quickest = swept.findIndex(({ kept }) => {
    const difference = paired(kept, swept[least]!.kept);
    return difference !== null && difference.value <= (difference.se ?? 0);
  });
  return { least: quickest === -1 ? -1 : least, quickest };
}
