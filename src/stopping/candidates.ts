/** @file The policies among which a rule is searched, the rivals that it has to beat, and both in words. */
import type { Monitor, Policy, RulePolicy } from '../engine/experiment/experiment.ts';
import { isRule, keyInWords, metricsOf, parsePolicy, type Rules } from './policy.ts';
import { settingsBeside } from './policy-words.ts';
import type { Measure } from './rule.ts';
import { RULES } from './rules/index.ts';

const PATIENCES = [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100];
const MIN_DELTAS = [0, 0.0001, 0.001, 0.01];
/** Prechelt's own: thresholds from quick to patient. */
const ALPHAS = [1, 2, 3, 5, 10, 20];
const QUOTIENTS = [0.5, 0.75, 1, 2, 3];
const RISES = [2, 3, 4, 6, 8];
const DECAYS = [0.5, 0.8, 0.95];
const MEDIANS = [3, 9];
const SLOPES = [10, 20, 50];
const GAPS = [0.1, 0.2, 0.5, 1, 2];
/** Patiences and windows of the rules that look at the training data alone, the published ones among them. */
const EVIDENCES = [1, 3, 10, 30];
const DISPARITIES = [3, 5, 10, 20];
const WAVES = [3, 9];

/** What the search varies, as a name says it. */
const VARIED: Readonly<Record<string, string>> = {
  alpha: 'alpha',
  s: 's',
  decay: 'decay',
  window: 'window',
  maxGap: 'gap',
  epochs: 'epochs',
  patience: 'patience',
  min_delta: 'min delta',
};
const rules: Rules = RULES;

export interface Search {
  monitor: Monitor;
  /** What is recorded: what needs more is left out. */
  recorded: readonly Measure[];
  /** Epochs recorded: budgets reach up to them. */
  epochs: number;
}

/**
 * The rule of Keras and those of research; other libraries differ from Keras in ties and margins, not in what a search could
 * find. Those that watch the monitor keep the weights of their best epoch, so that stopping alone is compared; those that
 * need no validation set watch what their papers do, and keep what these keep. Of rules that do the same, the plainest
 * comes first.
 */
export function candidates({ monitor, recorded, epochs }: Search): RulePolicy[] {
  const budgets = Array.from({ length: 10 }, (_, i) => Math.max(1, Math.round((epochs * (i + 1)) / 10)));
  const patience = (rule: string, more: Record<string, number>) =>
    PATIENCES.map((n) => ({ rule, patience: n, ...more }));
  // Without a training loss there is no training progress to complement GL and UP by.
  const strips = recorded.includes('training-loss') ? {} : { minProgress: null };
  const inputs = [
    ...PATIENCES.flatMap((n) => MIN_DELTAS.map((minDelta) => keras(n, minDelta))),
    ...DECAYS.flatMap((decay) => patience('ema-patience', { decay })),
    ...MEDIANS.flatMap((window) => patience('median-patience', { window })),
    ...ALPHAS.map((alpha) => ({ rule: 'gl', alpha, ...strips })),
    ...QUOTIENTS.map((alpha) => ({ rule: 'pq', alpha })),
    ...RISES.map((s) => ({ rule: 'up', s, ...strips })),
    ...GAPS.map((maxGap) => ({ rule: 'gap', maxGap })),
    ...SLOPES.map((window) => ({ rule: 'slope', window })),
    ...[...new Set(budgets)].map((epochs) => ({ rule: 'budget', epochs })),
  ];
  const alone = [
    ...EVIDENCES.map((n) => ({ rule: 'evidence', patience: n })),
    ...DISPARITIES.map((n) => ({ rule: 'gradient-disparity', patience: n })),
    ...WAVES.flatMap((window) => [3, 5, 10].map((n) => ({ rule: 'label-wave', window, patience: n }))),
  ];
  return [
    ...inputs.filter(({ rule }) => rules[rule]!.monitors?.includes(monitor) ?? true).map((i) => ({ ...i, monitor })),
    ...alone,
  ]
    .map(parsed)
    .filter((policy) => [...metricsOf(policy, rules)].every((metric) => recorded.includes(metric)));
}

/** Keras with the patiences that people type. */
export function rivals(monitor: Monitor): RulePolicy[] {
  return [5, 10, 20].map((patience) => parsed({ ...keras(patience, 0), monitor }));
}

/**
 * A candidate's rule, what the search chose for it, and whatever else differs from the rule of the page:
 * `Keras 3, patience 10, min delta 0`.
 */
export function candidateName(policy: RulePolicy, page: Policy): string {
  const chosen = Object.entries(VARIED)
    .filter(([key]) => policy[key] !== undefined && !(key === 'min_delta' && policy[key] === 0))
    .map(([key, word]) => `${word} ${String(policy[key])}`);
  return [rules[policy.rule]!.label, ...new Set([...chosen, ...differing(policy, page)])].join(', ');
}

/** What differs from the rule of the page beside what a search varies. */
export function differing(policy: RulePolicy, page: Policy): string[] {
  const varied = Object.keys(VARIED).filter((key) => key !== 'min_delta' || policy[key] !== 0);
  const said = varied.map((key) => `${keyInWords(key)} `);
  return settingsBeside(policy, page, rules).filter((words) => !said.some((key) => words.startsWith(key)));
}

const keras = (patience: number, min_delta: number) => ({
  rule: 'keras',
  patience,
  min_delta,
  restore_best_weights: true,
});

function parsed(input: unknown): RulePolicy {
  const result = parsePolicy(input, rules, 'candidate');
  if (!result.ok || !isRule(result.policy)) throw new Error(`candidate: ${JSON.stringify(input)} is not a rule`);
  return result.policy;
}
