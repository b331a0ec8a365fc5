/** @file The names and sentences that several libraries share. */
import type { Monitor } from '../../engine/experiment/experiment.ts';
import type { RuleForCode, Note, Snippet } from './snippet.ts';

export const WORDS = {
  'validation-loss': 'validation loss',
  'training-loss': 'training loss',
  'validation-accuracy': 'accuracy',
  'validation-error-rate': 'error rate',
  'validation-f1': 'F1 score',
  'validation-brier': 'Brier score',
  'validation-calibration-error': 'calibration error',
  'gradient-evidence': 'evidence in the gradient',
  'gradient-disparity': 'gradient disparity',
  'prediction-changes': 'share of changed predictions',
} as const satisfies Record<Monitor, string>;

/** Names under which a job would report what a library has no name for. */
export const OTHER_NAMES = {
  'validation-error-rate': 'error_rate',
  'validation-f1': 'f1_score',
  'validation-brier': 'brier_score',
  'validation-calibration-error': 'calibration_error',
  'gradient-evidence': 'gradient_evidence',
  'gradient-disparity': 'gradient_disparity',
  'prediction-changes': 'prediction_changes',
} as const;

/** What is to grow, in words, where only that is watched. */
export const growing = (mode: 'min' | 'max', words: string): string =>
  mode === 'max' ? `your ${words}` : `the negative of your ${words}`;

/** Whether it is seen on the validation set. */
export const isHeldOut = (monitor: string): boolean => monitor.startsWith('validation');

/** With the prefix that a library gives to what is of the validation set, or to all. */
export const prefixed = (prefix: string, takes: (monitor: string) => boolean = isHeldOut) =>
  Object.fromEntries(
    Object.entries(OTHER_NAMES).map(([monitor, name]) => [monitor, takes(monitor) ? `${prefix}${name}` : name]),
  ) as Record<keyof typeof OTHER_NAMES, string>;

const note =
  (kind: Note['kind']) =>
  (text: string): Note => ({ kind, text });
export const stops = note('stop');
export const edge = note('edge');
export const use = note('use');

/** No code, and why; `reason` ends the sentence. */
export const none = (label: string, reason: string): Snippet => ({
  imports: '',
  parts: [],
  notes: [stops(`${label} cannot express this rule: ${reason}.`)],
});

export const noBaseline = (label: string, { baseline }: RuleForCode): Note[] =>
  baseline === null ? [] : [stops(`${label} has no baseline: an improvement counts whatever value it reaches.`)];

export const noStart = (label: string, { startFromEpoch: n }: RuleForCode, what = 'epoch'): Note[] => {
  const first = n === 1 ? `first ${what} counts` : `first ${n} ${what}s count`;
  return n === 0 ? [] : [stops(`${label} has no ${what} to start from: the ${first} as well.`)];
};

export const noMargin = (label: string, { minDelta }: RuleForCode): Note[] =>
  minDelta === 0 ? [] : [stops(`${label} has no min delta: any improvement counts, however little.`)];

/** `name` is what the library calls min delta. */
export const creeping = (label: string, { minDelta, creeps }: RuleForCode, name: string): Note[] =>
  minDelta === 0 || creeps
    ? []
    : [stops(`The best of ${label} follows improvements below ${name} too: a slow creep stops earlier, never later.`)];

/** The patience that does what Keras does with 0. */
export const atLeastOne = ({ patience }: RuleForCode) => Math.max(1, patience);

export const patienceZero = ({ patience }: RuleForCode, otherwise: string): Note[] =>
  patience > 0 ? [] : [use(`To Keras patience 0 is as 1, which is written here: with 0 ${otherwise}.`)];

export const firstValue = (label: string) =>
  edge(`A first value of NaN or infinity is the best so far to Keras, whatever comes; to ${label} it is none.`);

export const rounding = (label: string, { minDelta }: RuleForCode, name: string): Note[] =>
  minDelta === 0
    ? []
    : [edge(`${label} compares in float64, Keras in float32: an improvement by just ${name} may count in one alone.`)];

export const abortsOnMissing = (label: string) =>
  edge(`An epoch without the value aborts a run of ${label}; Keras passes over it.`);

/** For a metric that the library does not have, at least not by this name. */
export const yourOwn = (label: string, { monitor }: Pick<RuleForCode, 'monitor'>, name: string): Note[] =>
  monitor in OTHER_NAMES
    ? [use(`${name} is a metric of your own, the ${WORDS[monitor]}: ${label} has none so named.`)]
    : [];
