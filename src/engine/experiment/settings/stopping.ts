/** @file The stopping rule: the form of a policy, the one with which a page begins, and what rules may watch. */
import { isTree } from '../tree.ts';
import { otherEntry } from './kinds.ts';

/** Losses and scores. */
export const METRICS = [
  ...(['validation-loss', 'training-loss', 'validation-accuracy', 'validation-error-rate'] as const),
  ...(['validation-f1', 'validation-brier', 'validation-calibration-error'] as const),
] as const;
export type Metric = (typeof METRICS)[number];

/** What else rules may watch: it is seen on the training data alone, see gradient-noise.ts and prediction-changes.ts. */
export const SIGNALS = ['gradient-evidence', 'gradient-disparity', 'prediction-changes'] as const;
export const MONITORS = [...METRICS, ...SIGNALS] as const;
export type Monitor = (typeof MONITORS)[number];

/** What a parameter of a stopping rule may hold. */
export type Setting = number | string | boolean | null;

/** A rule by its name in the registry, what it watches, and its settings by the rule's own names. */
export interface RulePolicy {
  rule: string;
  monitor: Monitor;
  [setting: string]: Setting;
}
/** Stops with the first of its members, or with the last. */
export type GroupPolicy = { any: Policy[] } | { all: Policy[] };
/** What decides when a replica stops; what rules there are, and what may be set of them, is known to stopping/. */
export type Policy = RulePolicy | GroupPolicy;

/** The rule of Keras 3 `EarlyStopping`, set as most people would; a policy that names no rule is laid over it. */
export const DEFAULT_POLICY = {
  rule: 'keras',
  monitor: 'validation-loss',
  min_delta: 0.001,
  patience: 20,
  mode: 'auto',
  baseline: null,
  restore_best_weights: true,
  start_from_epoch: 0,
} as const satisfies RulePolicy;

export const STOPPING = {
  policy: otherEntry<Policy>({
    label: 'policy',
    help: 'What decides when a replica stops.',
    // Only its form; its rules and their settings are read by `parsePolicy`, which knows them.
    accepts: isTree,
    remedy: 'must be a policy such as {"rule": "gl", "alpha": 5}',
    default: DEFAULT_POLICY,
    // Then the rule of Keras stood beside it and decided where there was none.
    since: { version: 2, before: null },
    invalidates: 'nothing',
    inLink: 'json',
  }),
};
