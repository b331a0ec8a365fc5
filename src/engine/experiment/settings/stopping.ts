/** @file The settings of the stopping rule: that of Keras 3, what may decide in its place, and what either may watch. */
import { isTree } from '../tree.ts';
import { choice, flag, number, other } from './kinds.ts';

/** Losses and scores: what the rule of Keras that is set on the page may monitor. */
export const METRICS = [
  ...(['validation-loss', 'training-loss', 'validation-accuracy', 'validation-error-rate'] as const),
  ...(['validation-f1', 'validation-brier', 'validation-calibration-error'] as const),
] as const;
export type Metric = (typeof METRICS)[number];

/** What else the rules of policies may watch: it is seen on the training data alone, see gradient-noise.ts and prediction-changes.ts. */
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

const invalidates = 'nothing' as const;

/** The rule of Keras 3 `EarlyStopping`, its parameters by their own names, and what may stand in its place. */
export const STOPPING = {
  rule: choice({ label: 'rule', help: '', registry: { keras: { label: 'Keras 3' } }, default: 'keras', invalidates }),
  /** Decides instead of the rule of Keras, whose settings wait beside it; null: the rule of Keras decides. */
  policy: other<Policy | null>({
    label: 'policy',
    help: 'What decides when a replica stops.',
    // Only its form; its rules and their settings are read by `parsePolicy`, which knows them.
    accepts: (x) => x === null || isTree(x),
    remedy: 'must be null or a policy such as {"rule": "gl", "alpha": 5}',
    default: null,
    since: { version: 2, before: null },
    invalidates,
    inLink: 'json',
  }),
  monitor: choice({
    label: 'watches',
    name: 'monitor',
    help: 'The curve of each replica that the rule looks at.',
    registry: Object.fromEntries(METRICS.map((metric) => [metric, { label: metric.replaceAll('-', ' ') }])) as Record<
      Metric,
      { label: string }
    >,
    default: 'validation-loss',
    invalidates,
  }),
  minDelta: number({
    label: 'min delta',
    help: 'Smaller changes do not count as improvement.',
    min: 0,
    max: 1000,
    default: 0.001,
    invalidates,
  }),
  patience: number({
    label: 'patience',
    help: 'Epochs without improvement before training stops.',
    min: 0,
    max: 10000,
    integer: true,
    default: 20,
    invalidates,
  }),
  mode: choice({
    label: 'mode',
    help: 'Whether less or more of what is watched is better.',
    registry: { auto: { label: 'automatic' }, min: { label: 'less is better' }, max: { label: 'more is better' } },
    default: 'auto',
    invalidates,
  }),
  baseline: other<number | null>({
    label: 'baseline',
    help: 'What has to be passed for an improvement to count; none for no baseline.',
    accepts: (x) => x === null || (typeof x === 'number' && Number.isFinite(x)),
    remedy: 'must be null or a finite number',
    default: null,
    invalidates,
  }),
  /** Counted from 0, as Keras does. */
  startFromEpoch: number({
    label: 'start from epoch',
    help: 'Earlier epochs are ignored by the rule.',
    min: 0,
    max: 10000,
    integer: true,
    default: 0,
    invalidates,
  }),
  restoreBestWeights: flag({
    label: 'restore best weights',
    help: 'At its stop, a replica goes back to the weights of its best epoch.',
    default: true,
    invalidates,
  }),
};
