/** @file A policy: one rule, or several of which any or all have to stop; the one form that page, link and file share. */
import {
  DEFAULT_POLICY,
  MONITORS,
  type GroupPolicy,
  type Monitor,
  type Policy,
  type RulePolicy,
  type Setting,
} from '../engine/experiment/experiment.ts';
import type { Problem } from '../engine/experiment/schema.ts';
import { shown, shownPath } from '../engine/json-text.ts';
import type { Measure, Parameter, Rule, RuleDescription } from './rule.ts';

export type Rules = Readonly<Record<string, Rule>>;
/** What is said of rules; rules are descriptions themselves. */
export type Descriptions = Readonly<Record<string, RuleDescription>>;

export const isRule = (policy: Policy): policy is RulePolicy => 'rule' in policy;
/** Whether it is the rule with which a page begins: it needs no name, and its settings are told one by one. */
export const isDefaultRule = (policy: Policy): policy is RulePolicy =>
  isRule(policy) && policy.rule === DEFAULT_POLICY.rule;
export const membersOf = (group: GroupPolicy): Policy[] => ('all' in group ? group.all : group.any);
export const formOf = (group: GroupPolicy): 'all' | 'any' => ('all' in group ? 'all' : 'any');

/** The rule that a policy names; throws where it is not among these, which a parsed policy's always is. */
export function ruleOf<R extends RuleDescription>({ rule }: RulePolicy, rules: Readonly<Record<string, R>>): R {
  const found = Object.hasOwn(rules, rule) ? rules[rule] : undefined;
  if (!found) throw new Error(`rule: "${rule}" is not among ${Object.keys(rules).join(', ')}; load the other rules`);
  return found;
}

/** One of the rules of a policy. */
export interface Leaf {
  /** Where it stands in the policy, e.g. `any.0`; empty for a policy of one rule. */
  path: string;
  policy: RulePolicy;
}

/** The rules of a policy in its order. */
export function leavesOf(policy: Policy, path = ''): Leaf[] {
  if (isRule(policy)) return [{ path, policy }];
  const at = `${path}${path && '.'}${formOf(policy)}`;
  return membersOf(policy).flatMap((member, i) => leavesOf(member, `${at}.${i}`));
}

/** What a policy watches first: that of its first rule. */
export const watchedFirst = (policy: Policy): Monitor => leavesOf(policy)[0]!.policy.monitor;

/** What a policy needs to have been recorded. */
export function metricsOf(policy: Policy, rules: Descriptions): Set<Measure> {
  const needed = leavesOf(policy).flatMap(({ policy: leaf }) => {
    const { rule: _, monitor, ...settings } = leaf;
    return [monitor, ...(ruleOf(leaf, rules).needs?.(settings) ?? [])];
  });
  return new Set<Measure>(needed);
}

/** What a policy needs beyond what is recorded. */
export const missing = (policy: Policy, rules: Descriptions, recorded: readonly Measure[]): Measure[] =>
  [...metricsOf(policy, rules)].filter((measure) => !recorded.includes(measure));

/** `min_delta` and `minDelta` as people say them. */
export const keyInWords = (key: string): string =>
  key.replaceAll('_', ' ').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

export type ParsedPolicy = { ok: true; policy: Policy } | { ok: false; problems: Problem[] };

/** Field, value and remedy; what a stranger wrote is cut. */
export const refusalInWords = ({ path, value, remedy }: Problem): string =>
  `${shownPath(path)}: ${shown(value)} ${remedy}`;

/** More would be a mistake or an attack, not a policy. */
export const MAX_DEPTH = 8;
export const MAX_MEMBERS = 16;
/** Rules and groups in all: members may be the same object, so that depth and members alone allow 16⁷ of them. */
export const MAX_POLICIES = 256;

/**
 * Reads an unknown value as a policy. Settings left out get the rule's defaults and `monitor` the first metric that the
 * rule makes sense of; everything else that is wrong is reported, each by its path below `path`.
 */
export function parsePolicy(input: unknown, rules: Descriptions, path = 'policy'): ParsedPolicy {
  const problems: Problem[] = [];
  const policy = read(input, path, 1, { rules, problems, read: 0 });
  return policy && problems.length === 0 ? { ok: true, policy } : { ok: false, problems };
}

interface Reading {
  rules: Descriptions;
  problems: Problem[];
  /** Rules and groups so far. */
  read: number;
}

function read(input: unknown, path: string, depth: number, reading: Reading): Policy | null {
  const { rules, problems } = reading;
  const report = (at: string, value: unknown, remedy: string) => {
    problems.push({ path: at, value, remedy });
    return null;
  };
  if (++reading.read > MAX_POLICIES) {
    if (reading.read > MAX_POLICIES + 1) return null;
    return report(path, input, `is one more than the ${MAX_POLICIES} rules and groups that are read; leave some out`);
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return report(path, input, 'must be an object like {"rule": …} or {"any": […]} or {"all": […]}');
  }
  const fields = input as Readonly<Record<string, unknown>>;
  const forms = ['rule', 'any', 'all'].filter((key) => Object.hasOwn(fields, key));
  if (forms.length !== 1) return report(path, input, 'must have exactly one of the fields rule, any, all');
  const form = forms[0] as 'rule' | 'any' | 'all';
  if (form === 'rule') return readRule(fields, rules, path, problems);

  for (const key of Object.keys(fields)) {
    if (key !== form) report(`${path}.${key}`, fields[key], `is not a known field beside ${form}; remove it`);
  }
  const members = fields[form];
  const at = `${path}.${form}`;
  if (depth >= MAX_DEPTH) return report(at, members, `must not be nested more than ${MAX_DEPTH} deep`);
  if (!Array.isArray(members) || members.length === 0 || members.length > MAX_MEMBERS) {
    return report(at, members, `must be a list of 1 to ${MAX_MEMBERS} policies`);
  }
  const parsed = members.map((member, i) => read(member, `${at}.${i}`, depth + 1, reading));
  const policies = parsed.filter((member) => member !== null);
  return form === 'any' ? { any: policies } : { all: policies };
}

function readRule(fields: Readonly<Record<string, unknown>>, rules: Descriptions, path: string, problems: Problem[]) {
  const report = (key: string, remedy: string) => problems.push({ path: `${path}.${key}`, value: fields[key], remedy });
  const name = fields.rule;
  const rule = typeof name === 'string' && Object.hasOwn(rules, name) ? rules[name] : undefined;
  if (typeof name !== 'string' || !rule) {
    report('rule', `must be one of ${Object.keys(rules).join(', ')}`);
    return null;
  }
  const monitors = rule.monitors ?? MONITORS;
  const monitor = Object.hasOwn(fields, 'monitor') ? fields.monitor : monitors[0];
  if (!(monitors as readonly unknown[]).includes(monitor)) report('monitor', `must be ${oneOf(monitors)} for ${name}`);
  const policy: RulePolicy = { rule: name, monitor: monitor as Monitor };
  for (const [key, parameter] of Object.entries(rule.parameters)) {
    const value = Object.hasOwn(fields, key) ? fields[key] : parameter.default;
    const remedy = remedyFor(value, parameter);
    if (remedy) report(key, remedy);
    else policy[key] = value as Setting;
  }
  for (const key of Object.keys(fields)) {
    if (key === 'rule' || key === 'monitor' || Object.hasOwn(rule.parameters, key)) continue;
    report(key, `is not a known field of ${name}; remove it or use ${Object.keys(rule.parameters).join(', ')}`);
  }
  return policy;
}

const oneOf = (options: readonly string[]) =>
  options.length <= 2 ? options.join(' or ') : `one of ${options.join(', ')}`;

/** What to do about a setting; null if it is fine. */
export function remedyFor(value: unknown, parameter: Parameter): string | null {
  if (fits(value, parameter)) return null;
  const { refusal } = parameter;
  return `must be ${wanted(parameter)}${refusal === undefined ? '' : ` (the library says: ${refusal})`}`;
}

export function fits(value: unknown, parameter: Parameter): boolean {
  switch (parameter.kind) {
    case 'flag':
      return typeof value === 'boolean';
    case 'choice':
      return (parameter.options as readonly unknown[]).includes(value);
    case 'optional':
    case 'number': {
      const { kind, min, max, integer } = parameter;
      if (kind === 'optional' && value === null) return true;
      return typeof value === 'number' && value >= min && value <= max && (!integer || Number.isInteger(value));
    }
  }
}

function wanted(parameter: Parameter): string {
  switch (parameter.kind) {
    case 'flag':
      return 'true or false';
    case 'choice':
      return oneOf(parameter.options);
    case 'optional':
    case 'number': {
      const { kind, min, max, integer } = parameter;
      const or = kind === 'optional' ? 'null or ' : '';
      const number = integer ? 'a whole number' : 'a number';
      if (max < Number.MAX_SAFE_INTEGER) return `${or}${number} from ${min} to ${max}`;
      return min === -Number.MAX_VALUE ? `${or}a finite number` : `${or}${number}, ${min} or more`;
    }
  }
}
