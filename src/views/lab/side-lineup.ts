/** @file The rules that stand side by side: which they are, what was refused of them, and how they are called. */
import type { Monitor } from '../../engine/experiment.ts';
import type { Problem } from '../../engine/schema.ts';
import { metricsOf } from '../../stopping/policy-watch.ts';
import {
  isRule,
  membersOf,
  parsePolicy,
  type ParsedPolicy,
  type Policy,
  type RulePolicy,
  type Rules,
} from '../../stopping/policy.ts';
import type { Parameter, Setting } from '../../stopping/rule.ts';
import { RULES } from '../../stopping/rules/index.ts';

/** As many as there are colours and shapes. */
export const MOST_RULES = 6;

const rules: Rules = RULES;

export interface Entry {
  /** 0 to 5: its colour and its shape, which it keeps while others come and go. */
  place: number;
  /** Null: the rule of the page's sliders. */
  policy: Policy | null;
  /** What was set and not taken, by parameter. */
  refused: Readonly<Record<string, Problem>>;
}
export type Lineup = readonly Entry[];

/** The rule of the page between one that is quick to stop and two of other libraries, all with their best weights. */
export function firstLineup(): Lineup {
  const inputs = [
    { rule: 'keras', patience: 5, restore_best_weights: true },
    { rule: 'tf-keras', patience: 10, restore_best_weights: true },
    { rule: 'lightgbm', stopping_rounds: 50 },
  ];
  return inputs.reduce<Lineup>((lineup, input) => entered(lineup, policyOf(input)), entered([], null));
}

/** With one more at the end, in the first place that is free; as it is if it is full. */
export function entered(lineup: Lineup, policy: Policy | null): Lineup {
  if (lineup.length >= MOST_RULES) return lineup;
  const places = Array.from({ length: MOST_RULES }, (_, place) => place);
  const free = places.find((place) => !lineup.some((entry) => entry.place === place))!;
  return [...lineup, { place: free, policy, refused: {} }];
}

export const without = (lineup: Lineup, place: number): Lineup => lineup.filter((entry) => entry.place !== place);

/** With another policy in a place. */
export function replaced(lineup: Lineup, place: number, policy: Policy): Lineup {
  return lineup.map((entry) => (entry.place === place ? { place, policy, refused: {} } : entry));
}

/** With one parameter of a rule changed, or with what was refused of it beside the unchanged rule. */
export function changed(lineup: Lineup, place: number, key: string, value: unknown): Lineup {
  return lineup.map((entry) => {
    if (entry.place !== place || !entry.policy || !isRule(entry.policy)) return entry;
    const parsed = parsePolicy({ ...entry.policy, [key]: value }, rules);
    const { [key]: _, ...refused } = entry.refused;
    return parsed.ok
      ? { place, policy: parsed.policy, refused }
      : { ...entry, refused: { ...refused, [key]: parsed.problems[0]! } };
  });
}

/** A rule with the library's own defaults; watches `monitor` where it makes sense of that. */
export function ruleNamed(name: string, monitor: Monitor): Policy {
  const takes = rules[name]!.monitors?.includes(monitor) ?? true;
  return policyOf({ rule: name, ...(takes ? { monitor } : {}) });
}

/** The policy that a text holds as JSON. */
export function policyIn(text: string): ParsedPolicy {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch (error) {
    const remedy = `is not JSON (${(error as Error).message}); write {"rule": "keras", "patience": 5} or the like`;
    return { ok: false, problems: [{ path: 'policy', value: text.trim().slice(0, 40), remedy }] };
  }
  return parsePolicy(input, rules);
}

/** Field, value and remedy. */
export const refusalInWords = ({ path, value, remedy }: Problem): string =>
  `${path}: ${JSON.stringify(value) ?? 'nothing'} ${remedy}`;

/** What a policy needs and a tape has not; null if it can be replayed. */
export function lacking(policy: Policy, recorded: readonly Monitor[]): string | null {
  const missing = [...metricsOf(policy, rules)].filter((metric) => !recorded.includes(metric));
  if (missing.length === 0) return null;
  return `monitor: this tape has no ${missing.join(' or ')}; watch ${recorded.join(' or ')}`;
}

/** `Keras 3` and `patience 5`, `restore best weights`: every number but 0, and whatever else is not the rule's default. */
export function policyInWords(policy: Policy): { label: string; settings: string[] } {
  if (!isRule(policy)) {
    const all = 'all' in policy;
    const members = membersOf(policy).map((member) => {
      const { label, settings } = policyInWords(member);
      return settings.length > 0 ? `${label} (${settings.join(', ')})` : label;
    });
    return { label: all ? 'All of' : 'Any of', settings: [members.join(all ? ' and ' : ' or ')] };
  }
  const { label, parameters, monitors } = rules[policy.rule]!;
  const settings = Object.entries(parameters).flatMap(([key, parameter]) => settingInWords(policy, key, parameter));
  const usual: Monitor = monitors?.[0] ?? 'validation-loss';
  if (policy.monitor !== usual) settings.push(`on ${policy.monitor.replaceAll('-', ' ')}`);
  return { label, settings };
}

/** `min_delta` and `minDelta` as people say them. */
const keyInWords = (key: string): string =>
  key.replaceAll('_', ' ').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function settingInWords(policy: RulePolicy, key: string, parameter: Parameter): string[] {
  const value = policy[key] as Setting;
  if (value === parameter.default && (parameter.kind !== 'number' || value === 0)) return [];
  const word = keyInWords(key);
  if (typeof value === 'boolean') return [value ? word : `no ${word}`];
  return [`${word} ${value === null ? 'none' : value}`];
}

function policyOf(input: unknown): Policy {
  const parsed = parsePolicy(input, rules);
  if (!parsed.ok) throw new Error(parsed.problems.map(refusalInWords).join('; '));
  return parsed.policy;
}
