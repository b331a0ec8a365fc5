/** @file The policies among which a rule is searched, and the rivals that it has to beat. */
import type { Monitor } from '../engine/experiment.ts';
import { metricsOf } from './policy-watch.ts';
import { parsePolicy, type Policy, type Rules } from './policy.ts';

const PATIENCES = [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100];
const MIN_DELTAS = [0, 0.0001, 0.001, 0.01];
/** Prechelt's own: thresholds from quick to patient. */
const ALPHAS = [1, 2, 3, 5, 10, 20];
const QUOTIENTS = [0.5, 0.75, 1, 2, 3];
const RISES = [2, 3, 4, 6, 8];
const DECAYS = [0.5, 0.8, 0.95];
const WINDOWS = [3, 9];

/** Writes the rule of Keras as the registry in use calls it and its settings. */
export type KerasPolicy = (patience: number, minDelta: number) => Record<string, unknown>;

export interface Search {
  monitor: Monitor;
  /** The metrics recorded: what needs another is left out. */
  recorded: readonly Monitor[];
  /** Epochs of the whole training: budgets reach up to them. */
  planned: number;
  rules: Rules;
  keras: KerasPolicy;
}

/** Rules that the registry lacks are left out. */
export function candidates({ monitor, recorded, planned, rules, keras }: Search): Policy[] {
  const shares = Array.from({ length: 10 }, (_, i) => Math.max(1, Math.round((planned * (i + 1)) / 10)));
  const patience = (rule: string, more: Record<string, number>) =>
    PATIENCES.map((n) => ({ rule, patience: n, ...more }));
  // Without a training loss there is no training progress to complement GL and UP by.
  const strips = recorded.includes('training-loss') ? {} : { minProgress: null };
  const inputs: Record<string, unknown>[] = [
    ...PATIENCES.flatMap((n) => MIN_DELTAS.map((minDelta) => keras(n, minDelta))),
    ...ALPHAS.map((alpha) => ({ rule: 'gl', alpha, ...strips })),
    ...QUOTIENTS.map((alpha) => ({ rule: 'pq', alpha })),
    ...RISES.map((s) => ({ rule: 'up', s, ...strips })),
    ...DECAYS.flatMap((decay) => patience('ema-patience', { decay })),
    ...WINDOWS.flatMap((window) => patience('median-patience', { window })),
    ...[10, 20, 50].map((window) => ({ rule: 'slope', window })),
    ...[...new Set(shares)].map((epochs) => ({ rule: 'budget', epochs })),
  ];
  return inputs
    .filter(({ rule }) => typeof rule === 'string' && Object.hasOwn(rules, rule))
    .map((input) => parsed({ ...input, monitor }, rules))
    .filter((policy) => [...metricsOf(policy, rules)].every((metric) => recorded.includes(metric)));
}

/** Keras with the patiences that people type. */
export function rivals(monitor: Monitor, rules: Rules, keras: KerasPolicy): Policy[] {
  return [5, 10, 20].map((patience) => parsed({ ...keras(patience, 0), monitor }, rules));
}

function parsed(input: unknown, rules: Rules): Policy {
  const result = parsePolicy(input, rules, 'candidate');
  if (result.ok) return result.policy;
  const [{ path, value, remedy }] = result.problems as [(typeof result.problems)[number]];
  throw new Error(`${path}: ${String(value)} ${remedy}`);
}
