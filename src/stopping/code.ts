/** @file The rule as code of the library that a real job would use. */
import type { Monitor, StoppingSettings } from '../engine/experiment.ts';
import { kerasRule } from './keras.ts';

export const LIBRARIES = { keras: 'Keras 3', lightning: 'Lightning' } as const;
export type Library = keyof typeof LIBRARIES;

/** A stretch of code; `strong` marks the values a reader chose. */
export interface CodePart {
  text: string;
  strong: boolean;
}

export interface RuleCode {
  parts: CodePart[];
  /** What the library cannot say, in sentences; empty where the code does exactly what the page shows. */
  notes: string[];
}

const KERAS_NAMES = {
  'validation-loss': 'val_loss',
  'training-loss': 'loss',
  'validation-accuracy': 'val_accuracy',
} as const satisfies Record<Monitor, string>;

/** Lightning has no names of its own: these are the ones its documentation logs under. */
const LIGHTNING_NAMES = {
  'validation-loss': 'val_loss',
  'training-loss': 'train_loss',
  'validation-accuracy': 'val_acc',
} as const satisfies Record<Monitor, string>;

type Argument = [name: string, value: string, strong: boolean];

export function ruleCode(library: Library, settings: StoppingSettings): RuleCode {
  return library === 'keras' ? keras(settings) : lightning(settings);
}

/** The whole text, as it is copied. */
export function plainCode({ parts }: RuleCode): string {
  return parts.map(({ text }) => text).join('');
}

/** keras.callbacks.EarlyStopping; what equals its default is left out, but for the two that the rule is about. */
function keras(s: StoppingSettings): RuleCode {
  const usual = kerasRule({ ...s, mode: 'auto' }).mode === kerasRule(s).mode;
  const parts = call('EarlyStopping', [
    ['monitor', quoted(KERAS_NAMES[s.monitor]), false],
    ['patience', number(s.patience), true],
    ['min_delta', number(s.minDelta), true],
    ...(usual ? [] : [['mode', quoted(s.mode), true] satisfies Argument]),
    ...(s.baseline === null ? [] : [['baseline', number(s.baseline), true] satisfies Argument]),
    ...(s.startFromEpoch === 0 ? [] : [['start_from_epoch', number(s.startFromEpoch), true] satisfies Argument]),
    ['restore_best_weights', s.restoreBestWeights ? 'True' : 'False', true],
  ]);
  return { parts, notes: [] };
}

/** lightning.pytorch.callbacks: a stop and, to restore the best weights, a checkpoint to load afterwards. */
function lightning(s: StoppingSettings): RuleCode {
  const monitor = quoted(LIGHTNING_NAMES[s.monitor]);
  const mode = quoted(kerasRule(s).mode);
  const parts = call('EarlyStopping', [
    ['monitor', monitor, false],
    ['mode', mode, s.mode !== 'auto'],
    ['patience', number(s.patience), true],
    ['min_delta', number(s.minDelta), true],
    ['check_finite', 'False', false],
  ]);
  const notes: string[] = [];
  if (s.restoreBestWeights) {
    const keep = call('ModelCheckpoint', [
      ['monitor', monitor, false],
      ['mode', mode, s.mode !== 'auto'],
    ]);
    parts.push({ text: '\n', strong: false }, ...keep);
    notes.push('Load best_model_path after training.');
    if (s.minDelta > 0) notes.push('ModelCheckpoint keeps any improvement, whatever min delta says.');
  }
  if (s.startFromEpoch > 0) notes.push('Lightning has no epoch to start from.');
  if (s.baseline !== null) notes.push('Lightning has no baseline.');
  return { parts, notes };
}

function call(name: string, args: readonly Argument[]): CodePart[] {
  const parts: CodePart[] = [{ text: `${name}(`, strong: false }];
  args.forEach(([key, value, strong], i) => {
    parts.push({ text: `\n  ${key}=`, strong: false }, { text: value, strong });
    parts.push({ text: i === args.length - 1 ? ')' : ',', strong: false });
  });
  return parts;
}

const quoted = (text: string) => `"${text}"`;

/** JavaScript writes finite numbers as Python reads them. */
const number = (x: number) => String(x);
