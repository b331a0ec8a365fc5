/** @file The policy of an experiment: completed by the defaults of its rules, and what is wrong with it by field. */
import { METRICS, type Experiment, type Policy, type RulePolicy } from '../engine/experiment/experiment.ts';
import type { Parsed, Problem } from '../engine/experiment/schema.ts';
import { measuresIn } from './monitors.ts';
import { formOf, isRule, membersOf, missing, parsePolicy, ruleOf, type Descriptions } from './policy.ts';
import type { Measure } from './rule.ts';

const PATH = 'stopping.policy';

/**
 * The experiment with its policy in full: settings that it leaves out have their defaults. Else what is wrong with the
 * policy, each by its field below `stopping.policy`, also where the experiment does not record what a rule needs.
 */
export function withPolicy(experiment: Experiment, rules: Descriptions): Parsed {
  const parsed = parsePolicy(experiment.stopping.policy, rules, PATH);
  if (!parsed.ok) return parsed;
  const { policy } = parsed;
  const problems = lacking(policy, rules, PATH, measuresIn(experiment));
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, experiment: { ...experiment, stopping: { policy } } };
}

/** What is wrong with the policy of an experiment, see `withPolicy`; empty if it can decide there. */
export function checked(experiment: Experiment, rules: Descriptions): Problem[] {
  const parsed = withPolicy(experiment, rules);
  return parsed.ok ? [] : parsed.problems;
}

function lacking(policy: Policy, rules: Descriptions, path: string, recorded: readonly Measure[]): Problem[] {
  if (!isRule(policy)) {
    const form = formOf(policy);
    return membersOf(policy).flatMap((member, i) => lacking(member, rules, `${path}.${form}.${i}`, recorded));
  }
  return missing(policy, rules, recorded).map((measure) => {
    const field = measure === policy.monitor ? 'monitor' : 'rule';
    const needs = field === 'monitor' ? '' : `needs ${measure}, which `;
    return {
      path: `${path}.${field}`,
      value: policy[field],
      remedy: needs + remedyOf(policy, rules, measure, recorded),
    };
  });
}

function remedyOf(policy: RulePolicy, rules: Descriptions, measure: Measure, recorded: readonly Measure[]): string {
  if (measure.startsWith('gradient-')) return 'is recorded only where training.gradientNoise is true; switch it on';
  const { monitors = METRICS } = ruleOf(policy, rules);
  const others = monitors.filter((monitor) => recorded.includes(monitor));
  const remedy = others.length > 0 ? `use ${others.join(', ')}` : 'choose another rule';
  return `is recorded only for classes, which this experiment has not; ${remedy}`;
}
