/** @file The rules that stand side by side: which they are, and what was refused of them. */
import type { Policy } from '../../engine/experiment/experiment.ts';
import { edited, policyOf, type Refusals } from '../../stopping/edit-policy.ts';
import { isRule } from '../../stopping/policy.ts';

/** As many as there are colours and shapes. */
export const MOST_RULES = 6;

export interface Entry {
  /** 0 to 5: its colour and its shape, which it keeps while others come and go. */
  place: number;
  /** Null: the rule of the page. */
  policy: Policy | null;
  /** What was set and not taken, by parameter. */
  refused: Refusals;
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
    return { place, ...edited(entry.policy, entry.refused, key, value) };
  });
}
