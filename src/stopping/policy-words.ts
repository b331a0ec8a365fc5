/** @file Reads and writes policies as JSON and names, and explains why one cannot be replayed. */
import type { Monitor, Policy, RulePolicy, Setting } from '../engine/experiment/experiment.ts';
import { isRule, keyInWords, membersOf, missing, parsePolicy, ruleOf } from './policy.ts';
import type { ParsedPolicy, Descriptions } from './policy.ts';
import { counterOf } from './roles.ts';
import { METERS, type Measure, type Parameter } from './rule.ts';
import { UNIT_WORDS, type Unit } from './rules/research/units.ts';

/** The policy that a text holds as JSON. */
export function policyIn(text: string, rules: Descriptions): ParsedPolicy {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch (error) {
    const remedy = `is not JSON (${(error as Error).message}); write {"rule": "keras", "patience": 5} or the like`;
    return { ok: false, problems: [{ path: 'policy', value: text.trim().slice(0, 40), remedy }] };
  }
  return parsePolicy(input, rules);
}

/** What a policy needs and a tape has not; null if it can be replayed. */
export function lacking(policy: Policy, rules: Descriptions, recorded: readonly Measure[]): string | null {
  const lacks = missing(policy, rules, recorded);
  if (lacks.length === 0) return null;
  const known = recorded.filter((measure) => !(METERS as readonly Measure[]).includes(measure));
  return `monitor: this tape has no ${lacks.join(' or ')}; watch ${known.join(' or ')}`;
}

/** `Keras 3` and `patience 5`, `restore best weights`: every number but 0, and whatever else is not the rule's default. */
export function policyInWords(policy: Policy, rules: Descriptions): { label: string; settings: string[] } {
  if (!isRule(policy)) {
    const all = 'all' in policy;
    const members = membersOf(policy).map((member) => {
      const { label, settings } = policyInWords(member, rules);
      return settings.length > 0 ? `${label} (${settings.join(', ')})` : label;
    });
    return { label: all ? 'All of' : 'Any of', settings: [members.join(all ? ' and ' : ' or ')] };
  }
  const { label, parameters, monitors } = ruleOf(policy, rules);
  const units = Object.values(parameters).map(({ unitIn }) => unitIn);
  const settings = Object.entries(parameters).flatMap(([key, parameter]) =>
    units.includes(key) ? [] : settingInWords(policy, key, parameter),
  );
  const usual: Monitor = monitors?.[0] ?? 'validation-loss';
  if (policy.monitor !== usual) settings.push(`on ${policy.monitor.replaceAll('-', ' ')}`);
  return { label, settings };
}

/** In one line: `Keras 3 (patience 5, restore best weights)`, `Any of Keras 3 or Budget of epochs (epochs 9)`. */
export function policyLine(policy: Policy, rules: Descriptions): string {
  const { label, settings } = policyInWords(policy, rules);
  if (!isRule(policy)) return `${label} ${settings.join(' ')}`;
  return settings.length > 0 ? `${label} (${settings.join(', ')})` : label;
}

/** What distinguishes a rule from others of its kind, e.g. `patience 10` or `alpha 5`; empty if there is nothing. */
export function mainSetting(policy: RulePolicy, rules: Descriptions): string {
  const counter = counterOf(policy, rules);
  return counter ? `${counter.label} ${counter.value}` : (policyInWords(policy, rules).settings[0] ?? '');
}

/** `LightGBM, rounds 10`; `Any of 2 rules`. */
export function shortName(policy: Policy, rules: Descriptions): string {
  if (isRule(policy)) {
    const { label, settings } = policyInWords(policy, rules);
    const watched = settings.filter((setting) => setting.startsWith('on '));
    const main = mainSetting(policy, rules);
    return [label, ...(main === '' || watched.includes(main) ? [] : [main]), ...watched].join(', ');
  }
  const count = membersOf(policy).length;
  return `${'all' in policy ? 'All' : 'Any'} of ${count === 1 ? '1 rule' : `${count} rules`}`;
}

function settingInWords(policy: RulePolicy, key: string, parameter: Parameter): string[] {
  const value = policy[key] as Setting;
  if (parameter.unitIn !== undefined) {
    const unit = policy[parameter.unitIn] as Unit;
    return [`${keyInWords(key)} ${value} ${UNIT_WORDS[unit][value === 1 ? 'one' : 'many']}`];
  }
  if (value === parameter.default && (parameter.kind !== 'number' || value === 0)) return [];
  const word = keyInWords(key);
  if (typeof value === 'boolean') return [value ? word : `no ${word}`];
  return [`${word} ${value === null ? 'none' : value}`];
}
