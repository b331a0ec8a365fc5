/** @file What the parameters of a rule do in it, found by their roles: see `ParameterRole` in rule.ts. */
import type { Monitor, Policy, RulePolicy, Setting } from '../engine/experiment/experiment.ts';
import { grows } from './monitors.ts';
import { fits, isRule, keyInWords, ruleOf, type Descriptions, type Rules } from './policy.ts';
import type { Direction, Parameter, ParameterRole, RuleDescription, SettingsOf } from './rule.ts';

type Numeric = Extract<Parameter, { min: number }>;
type Choice = Extract<Parameter, { role: 'direction' }>;
type MarginParameter = Extract<Parameter, { role: 'margin' }>;

/** The key of the parameter that has a role in a rule as it is set; undefined where none has. */
export function roleKey(policy: RulePolicy, role: ParameterRole, rules: Descriptions): string | undefined {
  const entries = Object.entries(ruleOf(policy, rules).parameters);
  return entries.find(([, { role: own, unitIn }]) => own === role && (!unitIn || policy[unitIn] === 'epochs'))?.[0];
}

/** A number of a rule that a hand can drag. */
export interface RuleNumber {
  /** The parameter, and what people call it in short. */
  key: string;
  label: string;
  help: string;
  value: number;
  min: number;
  max: number;
}

function numberOf(policy: Policy, role: 'counter' | 'margin' | 'warm-up', rules: Descriptions): RuleNumber | null {
  const key = isRule(policy) ? roleKey(policy, role, rules) : undefined;
  if (!isRule(policy) || key === undefined || typeof policy[key] !== 'number') return null;
  const { min, max, short, help } = ruleOf(policy, rules).parameters[key] as Numeric;
  return { key, label: short ?? keyInWords(key), help, value: policy[key], min, max };
}

/** The epochs that a rule waits; null for a group, and for a rule that waits for something else. */
export const counterOf = (policy: Policy, rules: Descriptions): RuleNumber | null => numberOf(policy, 'counter', rules);

/** By how much a value has to be better; null for a group, and for a rule without such a number. */
export const marginOf = (policy: Policy, rules: Descriptions): RuleNumber | null => numberOf(policy, 'margin', rules);

/** The epochs at the beginning that a rule does not look at; 0 where it looks at all. */
export const warmUpOf = (policy: Policy, rules: Descriptions): number => numberOf(policy, 'warm-up', rules)?.value ?? 0;

/** How a monitor improves. */
export const directionOf = (monitor: Monitor): Direction => (grows(monitor) ? 'max' : 'min');

/** How what a rule watches improves: as its settings say, and where they leave that open as its monitor does. */
export function directionIn(policy: RulePolicy, rules: Descriptions): Direction {
  const key = roleKey(policy, 'direction', rules);
  if (key === undefined) return directionOf(policy.monitor);
  const { words, auto } = ruleOf(policy, rules).parameters[key] as Choice;
  const said = (['min', 'max'] as const).find((direction) => words[direction] === policy[key]);
  return said ?? auto ?? directionOf(policy.monitor);
}

export const signOfDirection = (direction: Direction): 1 | -1 => (direction === 'min' ? 1 : -1);

/** Whether a value counts as better than the best so far; `sign` is 1 where less is better, −1 where more is. */
export type IsBetter = (value: number, best: number, sign: 1 | -1) => boolean;

/** How a rule as it is set compares, see `Rule.isBetter`. */
export function comparisonOf(policy: RulePolicy, rules: Rules): IsBetter {
  const { isBetter, parameters } = ruleOf(policy, rules);
  const settings = settingsOf(policy);
  if (isBetter) return (value, best, sign) => isBetter(value, best, sign, settings);
  const key = roleKey(policy, 'margin', rules);
  const said = key === undefined ? 0 : Number(policy[key]);
  const margin = key !== undefined && (parameters[key] as MarginParameter).signless ? Math.abs(said) : said;
  return (value, best, sign) => sign * value + margin < sign * best;
}

/** What a rule is started with. */
export function settingsOf({
  rule: _,
  monitor: __,
  ...settings
}: RulePolicy): SettingsOf<RuleDescription['parameters']> {
  return settings;
}

/** What a reader set of a rule, by what it does. */
export interface Chosen {
  counter?: number;
  margin?: number;
  direction?: Direction | 'auto';
  'warm-up'?: number;
  restores?: boolean;
}

/** What a rule is set to, by role: what it has no parameter for is not there. */
export function chosenIn(policy: RulePolicy, rules: Descriptions): Chosen {
  const { parameters } = ruleOf(policy, rules);
  const chosen: Chosen = {};
  const counter = counterOf(policy, rules);
  if (counter) chosen.counter = counter.value;
  const margin = marginOf(policy, rules);
  if (margin) {
    const { signless, shareIf } = parameters[margin.key] as MarginParameter;
    const isShare = shareIf !== undefined && policy[shareIf[0]] === shareIf[1];
    if (!isShare) chosen.margin = signless ? Math.abs(margin.value) : margin.value;
  }
  const direction = roleKey(policy, 'direction', rules);
  if (direction !== undefined) {
    const said = Object.values((parameters[direction] as Choice).words).includes(policy[direction] as string);
    const wanted = directionIn(policy, rules);
    chosen.direction = !said && wanted === directionOf(policy.monitor) ? 'auto' : wanted;
  }
  const warmUp = roleKey(policy, 'warm-up', rules);
  if (warmUp !== undefined) chosen['warm-up'] = warmUpOf(policy, rules);
  const restores = roleKey(policy, 'restores', rules);
  if (restores !== undefined) chosen.restores = policy[restores] === true;
  return chosen;
}

/** The rule set to what was chosen, as far as it has the roles and takes the values; numbers beyond its limits go to them. */
export function withChosen(policy: RulePolicy, chosen: Chosen, rules: Descriptions): RulePolicy {
  const { parameters } = ruleOf(policy, rules);
  const next = { ...policy };
  const put = (role: ParameterRole, value: Setting | undefined) => {
    const key = roleKey(policy, role, rules);
    if (key === undefined || value === undefined) return;
    const parameter = parameters[key]!;
    const fitting = typeof value === 'number' ? clamped(value, parameter as Numeric) : value;
    if (fits(fitting, parameter)) next[key] = fitting;
  };
  put('counter', chosen.counter);
  put('margin', chosen.margin);
  put('warm-up', chosen['warm-up']);
  put('restores', chosen.restores);
  const direction = roleKey(policy, 'direction', rules);
  if (direction !== undefined && chosen.direction !== undefined) {
    const { words, options, auto } = parameters[direction] as Choice;
    const wanted = chosen.direction === 'auto' ? directionOf(policy.monitor) : chosen.direction;
    const open = chosen.direction === 'auto' && options.includes('auto') && (auto ?? wanted) === wanted;
    next[direction] = open ? 'auto' : words[wanted];
  }
  return next;
}

const clamped = (value: number, { min, max }: Numeric) => Math.min(max, Math.max(min, value));
