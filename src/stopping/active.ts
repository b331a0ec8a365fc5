/**
 * @file The active rule: the policy of an experiment, or the rule of Keras where it has none.
 *
 * This module knows every rule there is; what the page loads at once must not import it, only `import()` it where a
 * policy is set, and replay the rule of Keras by replay.ts.
 */
import {
  METRICS,
  type Experiment,
  type Policy,
  type RulePolicy,
  type StoppingSettings,
} from '../engine/experiment/experiment.ts';
import type { Parsed, Problem } from '../engine/experiment/schema.ts';
import type { Tape } from '../engine/record/tape.ts';
import type { ReplicaReplay } from './keras.ts';
import { missing } from './missing.ts';
import { measuresIn } from './monitors.ts';
import { replayPolicy } from './policy-replay.ts';
import { isRule, membersOf, parsePolicy } from './policy.ts';
import { recordsOf } from './records.ts';
import { replay } from './replay.ts';
import type { Measure, Rule } from './rule.ts';
import { RULES } from './rules/index.ts';
import { kerasPolicy } from './rules/keras-policy.ts';

const PATH = 'stopping.policy';

export function activePolicy(stopping: StoppingSettings): Policy {
  return stopping.policy ?? kerasPolicy(stopping);
}

/** The active rule on every replica, as far as the tape goes; throws if the tape has not what a policy needs. */
export function replayActive(tape: Tape, stopping: StoppingSettings): ReplicaReplay[] {
  return stopping.policy === null ? replay(tape, stopping) : replayPolicy(recordsOf(tape), stopping.policy, RULES);
}

/**
 * The experiment with a policy in full: settings that it leaves out have their defaults. Else what is wrong with the
 * policy, each by its field below `stopping.policy`, also where the experiment does not record what a rule needs.
 */
export function withPolicy(experiment: Experiment): Parsed {
  const { stopping } = experiment;
  if (stopping.policy === null) return { ok: true, experiment };
  const parsed = parsePolicy(stopping.policy, RULES, PATH);
  if (!parsed.ok) return parsed;
  const { policy } = parsed;
  const problems = lacking(policy, PATH, measuresIn(experiment));
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, experiment: { ...experiment, stopping: { ...stopping, policy } } };
}

/** What is wrong with the policy of an experiment, see `withPolicy`; empty if it can decide there. */
export function checked(experiment: Experiment): Problem[] {
  const parsed = withPolicy(experiment);
  return parsed.ok ? [] : parsed.problems;
}

function lacking(policy: Policy, path: string, recorded: readonly Measure[]): Problem[] {
  if (!isRule(policy)) {
    const form = 'all' in policy ? 'all' : 'any';
    return membersOf(policy).flatMap((member, i) => lacking(member, `${path}.${form}.${i}`, recorded));
  }
  return missing(policy, recorded).map((measure) => {
    const field = measure === policy.monitor ? 'monitor' : 'rule';
    const remedy = `${field === 'monitor' ? '' : `needs ${measure}, which `}${remedyOf(policy, measure, recorded)}`;
    return { path: `${path}.${field}`, value: policy[field], remedy };
  });
}

function remedyOf({ rule }: RulePolicy, measure: Measure, recorded: readonly Measure[]): string {
  if (measure.startsWith('gradient-')) return 'is recorded only where training.gradientNoise is true; switch it on';
  const { monitors = METRICS }: Rule = RULES[rule as keyof typeof RULES];
  const others = monitors.filter((monitor) => recorded.includes(monitor));
  const remedy = others.length > 0 ? `use ${others.join(', ')}` : 'choose another rule';
  return `is recorded only for classes, which this experiment has not; ${remedy}`;
}
