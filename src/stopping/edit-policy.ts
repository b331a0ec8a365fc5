/** @file Policies being edited: a rule by its name, one setting changed, another rule in its place, and other data. */
import type { Monitor, Policy, RulePolicy } from '../engine/experiment/experiment.ts';
import type { Problem } from '../engine/experiment/schema.ts';
import { formOf, isRule, membersOf, parsePolicy, refusalInWords, type Descriptions } from './policy.ts';

/** What was set of a rule and not taken, by parameter. */
export type Refusals = Readonly<Record<string, Problem>>;

/** A rule with the library's own defaults; watches `monitor` where it makes sense of that. */
export function ruleNamed(name: string, monitor: Monitor, rules: Descriptions): RulePolicy {
  const takes = rules[name]!.monitors?.includes(monitor) ?? true;
  return policyOf({ rule: name, ...(takes ? { monitor } : {}) }, rules) as RulePolicy;
}

/** The policy that an input holds; throws with every wrong field. */
export function policyOf(input: unknown, rules: Descriptions): Policy {
  const parsed = parsePolicy(input, rules);
  if (!parsed.ok) throw new Error(parsed.problems.map(refusalInWords).join('; '));
  return parsed.policy;
}

/** A rule with one parameter changed, or with what was refused of it beside the unchanged rule. */
export function edited(
  policy: RulePolicy,
  refused: Refusals,
  key: string,
  value: unknown,
  rules: Descriptions,
): { policy: Policy; refused: Refusals } {
  const parsed = parsePolicy({ ...policy, [key]: value }, rules);
  const { [key]: _, ...others } = refused;
  return parsed.ok
    ? { policy: parsed.policy, refused: others }
    : { policy, refused: { ...others, [key]: parsed.problems[0]! } };
}

/**
 * The policy with every rule that watches what is not recorded put on `instead`; null where one of its rules makes no
 * sense of that. What its rules need beside what they watch may still be missing.
 */
export function watchingOnly(
  policy: Policy,
  rules: Descriptions,
  recorded: readonly string[],
  instead: Monitor = 'validation-loss',
): Policy | null {
  if (!isRule(policy)) {
    const members = membersOf(policy).map((member) => watchingOnly(member, rules, recorded, instead));
    const whole = members.filter((member) => member !== null);
    if (whole.length < members.length) return null;
    return formOf(policy) === 'all' ? { all: whole } : { any: whole };
  }
  const suited = recorded.includes(policy.monitor) ? policy : { ...policy, monitor: instead };
  const parsed = parsePolicy(suited, rules);
  return parsed.ok ? parsed.policy : null;
}
