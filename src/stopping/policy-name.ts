/** @file Short names of policies, and the one number of a rule that the reader can drag. */
import type { Monitor, Policy, RulePolicy } from '../engine/experiment/experiment.ts';
import { policyInWords } from './policy-words.ts';
import { isRule, membersOf, type Rules } from './policy.ts';
import { RULES } from './rules/index.ts';

const rules: Rules = RULES;

/** The parameters that count epochs up to the stop, as the libraries call them, and a word that fits beside a slider. */
const COUNTERS: Readonly<Record<string, string>> = {
  patience: 'patience',
  early_stopping_patience: 'patience',
  n_iter_no_change: 'iterations',
  stopping_rounds: 'rounds',
  rounds: 'rounds',
};

/** A whole number of epochs that a rule waits for. */
export interface Counter {
  /** The parameter, and how people call it in short. */
  key: string;
  label: string;
  value: number;
  min: number;
  max: number;
}

/** What the rule counts up to; null for a group, and for a rule that waits for something else. */
export function counterOf(policy: Policy): Counter | null {
  if (!isRule(policy)) return null;
  for (const [key, parameter] of Object.entries(rules[policy.rule]!.parameters)) {
    const label = COUNTERS[key];
    const unit = parameter.unitIn === undefined ? 'epochs' : policy[parameter.unitIn];
    if (label === undefined || parameter.kind !== 'number' || !parameter.integer || unit !== 'epochs') continue;
    return { key, label, value: policy[key] as number, min: parameter.min, max: parameter.max };
  }
  return null;
}

/** What distinguishes a rule from others of its kind, e.g. `patience 10` or `alpha 5`; empty if there is nothing. */
export function mainSetting(policy: RulePolicy): string {
  const counter = counterOf(policy);
  return counter ? `${counter.label} ${counter.value}` : (policyInWords(policy).settings[0] ?? '');
}

/** `LightGBM, rounds 10`; `Any of 2 rules`. */
export function shortName(policy: Policy): string {
  if (isRule(policy)) {
    const { label, settings } = policyInWords(policy);
    const watched = settings.filter((setting) => setting.startsWith('on '));
    const main = mainSetting(policy);
    return [label, ...(main === '' || watched.includes(main) ? [] : [main]), ...watched].join(', ');
  }
  const count = membersOf(policy).length;
  return `${'all' in policy ? 'All' : 'Any'} of ${count === 1 ? '1 rule' : `${count} rules`}`;
}

/** What a policy watches first: that of its first rule. */
export function watchedFirst(policy: Policy): Monitor {
  return isRule(policy) ? policy.monitor : watchedFirst(membersOf(policy)[0]!);
}
