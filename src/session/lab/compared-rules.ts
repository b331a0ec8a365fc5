/** @file The rules that stand side by side: which they are, and what was refused of them. */
import type { Policy } from '../../engine/experiment/experiment.ts';
import { edited, policyOf, type Refusals } from '../../stopping/edit-policy.ts';
import { isRule } from '../../stopping/policy.ts';
import { RULES } from '../../stopping/rules/index.ts';

/** As many as there are colours and shapes. */
export const MOST_RULES = 6;

export interface ComparedRule {
  /** 0 to 5: its colour and its shape, which it keeps while others come and go. */
  place: number;
  /** Null: the rule of the page. */
  policy: Policy | null;
  /** What was set and not taken, by parameter. */
  refused: Refusals;
}
export type ComparedRules = readonly ComparedRule[];

/** The rule of the page between one that is quick to stop and two of other libraries, all with their best weights. */
export function firstRules(): ComparedRules {
  const inputs = [
    { rule: 'keras', patience: 5, restore_best_weights: true },
    { rule: 'tf-keras', patience: 10, restore_best_weights: true },
    { rule: 'lightgbm', stopping_rounds: 50 },
  ];
  return inputs.reduce<ComparedRules>((rules, input) => added(rules, policyOf(input, RULES)), added([], null));
}

/** With one more at the end, in the first place that is free; as it is if it is full. */
export function added(rules: ComparedRules, policy: Policy | null): ComparedRules {
  if (rules.length >= MOST_RULES) return rules;
  const places = Array.from({ length: MOST_RULES }, (_, place) => place);
  const free = places.find((place) => !rules.some((entry) => entry.place === place))!;
  return [...rules, { place: free, policy, refused: {} }];
}

export const without = (rules: ComparedRules, place: number): ComparedRules =>
  rules.filter((entry) => entry.place !== place);

/** With another policy in a place. */
export function replaced(rules: ComparedRules, place: number, policy: Policy): ComparedRules {
  return rules.map((entry) => (entry.place === place ? { place, policy, refused: {} } : entry));
}

/** With one parameter of a rule changed, or with what was refused of it beside the unchanged rule. */
export function changed(rules: ComparedRules, place: number, key: string, value: unknown): ComparedRules {
  return rules.map((entry) => {
    if (entry.place !== place || !entry.policy || !isRule(entry.policy)) return entry;
    return { place, ...edited(entry.policy, entry.refused, key, value, RULES) };
  });
}
