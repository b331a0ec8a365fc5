/** @file Policies under the hand: a rule by its name, one setting changed, the sliders of Keras, and other data. */
import { METRICS, type Metric, type Monitor, type Policy, type RulePolicy } from '../engine/experiment/experiment.ts';
import type { StoppingSettings } from '../engine/experiment/experiment.ts';
import type { Problem } from '../engine/experiment/schema.ts';
import { refusalInWords } from './policy-words.ts';
import { isRule, parsePolicy, type Rules } from './policy.ts';
import { RULES } from './rules/index.ts';

const rules: Rules = RULES;

/** What was set of a rule and not taken, by parameter. */
export type Refusals = Readonly<Record<string, Problem>>;

/** A rule with the library's own defaults; watches `monitor` where it makes sense of that. */
export function ruleNamed(name: string, monitor: Monitor): Policy {
  const takes = rules[name]!.monitors?.includes(monitor) ?? true;
  return policyOf({ rule: name, ...(takes ? { monitor } : {}) });
}

/** The policy that an input holds; throws with every wrong field. */
export function policyOf(input: unknown): Policy {
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
): { policy: Policy; refused: Refusals } {
  const parsed = parsePolicy({ ...policy, [key]: value }, rules);
  const { [key]: _, ...others } = refused;
  return parsed.ok
    ? { policy: parsed.policy, refused: others }
    : { policy, refused: { ...others, [key]: parsed.problems[0]! } };
}

/** The settings of the sliders that are this policy, the inverse of `kerasPolicy`; null if it is not the rule of Keras. */
export function slidersOf(policy: Policy): Omit<StoppingSettings, 'rule' | 'policy'> | null {
  if (!isRule(policy) || policy.rule !== 'keras' || !(METRICS as readonly string[]).includes(policy.monitor))
    return null;
  return {
    monitor: policy.monitor as Metric,
    minDelta: policy.min_delta as number,
    patience: policy.patience as number,
    mode: policy.mode as StoppingSettings['mode'],
    baseline: policy.baseline as number | null,
    startFromEpoch: policy.start_from_epoch as number,
    restoreBestWeights: policy.restore_best_weights as boolean,
  };
}

/**
 * The policy with every rule that watches what is not recorded put on `instead`; null where one of its rules makes no
 * sense of that. What its rules need beside what they watch may still be missing.
 */
export function watchingOnly(
  policy: Policy,
  recorded: readonly string[],
  instead: Monitor = 'validation-loss',
): Policy | null {
  if (!isRule(policy)) {
    const all = 'all' in policy;
    const members = (all ? policy.all : policy.any).map((member) => watchingOnly(member, recorded, instead));
    const whole = members.filter((member) => member !== null);
    if (whole.length < members.length) return null;
    return all ? { all: whole } : { any: whole };
  }
  const suited = recorded.includes(policy.monitor) ? policy : { ...policy, monitor: instead };
  const parsed = parsePolicy(suited, rules);
  return parsed.ok ? parsed.policy : null;
}
