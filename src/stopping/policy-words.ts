/** @file Reads and writes policies as JSON and names, and explains why one cannot be replayed. */
import type { Monitor, Policy, RulePolicy, Setting } from '../engine/experiment/experiment.ts';
import { JsonTextError, parseJson } from '../engine/json-text.ts';
import { isRule, keyInWords, membersOf, missing, parsePolicy, ruleOf } from './policy.ts';
import type { ParsedPolicy, Descriptions } from './policy.ts';
import { chosenIn, counterOf } from './roles.ts';
import { METERS, type Measure, type Parameter } from './rule.ts';
import { UNIT_WORDS, type Unit } from './rules/research/units.ts';

/** The policy that a text holds as JSON. */
export function policyIn(text: string, rules: Descriptions): ParsedPolicy {
  let input: unknown;
  try {
    input = parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    const remedy = `${error.message}; write {"rule": "keras", "patience": 5} or the like`;
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

/**
 * Every setting of a rule in which it differs from another, that of the page: of the same rule by name, of another one by
 * what the settings do; what has no counterpart there counts where it is not the rule's default.
 */
export function settingsBeside(policy: RulePolicy, page: Policy, rules: Descriptions): string[] {
  const { parameters } = ruleOf(policy, rules);
  const units = Object.values(parameters).map(({ unitIn }) => unitIn);
  const keys = Object.keys(parameters).filter((key) => !units.includes(key));
  const settings = keys.flatMap((key) => {
    const parameter = parameters[key]!;
    const there = counterpart(policy, key, page, rules);
    const unit = parameter.unitIn;
    const same = there === policy[key] && (unit === undefined || (page as RulePolicy)[unit] === policy[unit]);
    if (there !== undefined) return same ? [] : valueInWords(policy, key, parameter);
    return policy[key] === parameter.default ? [] : valueInWords(policy, key, parameter);
  });
  const watched = isRule(page) && page.monitor !== policy.monitor && !ruleOf(policy, rules).monitors;
  return watched ? [...settings, `on ${policy.monitor.replaceAll('-', ' ')}`] : settings;
}

/** The value that the other rule has in the place of a setting; undefined where it has none. */
function counterpart(policy: RulePolicy, key: string, page: Policy, rules: Descriptions): Setting | undefined {
  if (!isRule(page)) return undefined;
  if (page.rule === policy.rule) return page[key];
  const { role } = ruleOf(policy, rules).parameters[key]!;
  return role === 'counter' || role === 'margin' || role === 'warm-up' || role === 'restores'
    ? chosenIn(page, rules)[role]
    : undefined;
}

function settingInWords(policy: RulePolicy, key: string, parameter: Parameter): string[] {
  const { default: usual, kind, unitIn } = parameter;
  const isUsual = policy[key] === usual && (kind !== 'number' || usual === 0);
  return unitIn === undefined && isUsual ? [] : valueInWords(policy, key, parameter);
}

function valueInWords(policy: RulePolicy, key: string, parameter: Parameter): string[] {
  const value = policy[key] as Setting;
  if (parameter.unitIn !== undefined) {
    const unit = policy[parameter.unitIn] as Unit;
    return [`${keyInWords(key)} ${value} ${UNIT_WORDS[unit][value === 1 ? 'one' : 'many']}`];
  }
  const word = keyInWords(key);
  if (typeof value === 'boolean') return [value ? word : `no ${word}`];
  return [`${word} ${value === null ? 'none' : value}`];
}
