/** @file The rule as `keras.callbacks.EarlyStopping`, which it is. */
import type { Monitor } from '../../engine/experiment.ts';
import { grows } from '../monitors.ts';
import { OTHER_NAMES, prefixed, yourOwn } from './notes.ts';
import { call, number, quoted, truth, type ActiveRule, type Argument, type RuleCode } from './snippet.ts';

const NAMES = {
  'validation-loss': 'val_loss',
  'training-loss': 'loss',
  'validation-accuracy': 'val_accuracy',
  ...prefixed('val_'),
} satisfies Record<Monitor, string>;

/** What equals its default is left out, but for the two that the rule is about. */
export function keras(rule: ActiveRule): RuleCode {
  const { monitor, mode, patience, minDelta, baseline, startFromEpoch, restoreBestWeights } = rule;
  // Which way a metric of one's own is to go, Keras cannot know.
  const usual = !(monitor in OTHER_NAMES) && mode === (grows(monitor) ? 'max' : 'min');
  const parts = call('EarlyStopping', [
    ['monitor', quoted(NAMES[monitor]), false],
    ['patience', number(patience), true],
    ['min_delta', number(minDelta), true],
    ...(usual ? [] : [['mode', quoted(mode), true] satisfies Argument]),
    ...(baseline === null ? [] : [['baseline', number(baseline), true] satisfies Argument]),
    ...(startFromEpoch === 0 ? [] : [['start_from_epoch', number(startFromEpoch), true] satisfies Argument]),
    ['restore_best_weights', truth(restoreBestWeights), true],
  ]);
  const notes = monitor === 'validation-f1' ? [] : yourOwn('Keras', rule, NAMES[monitor]);
  return { imports: 'from keras.callbacks import EarlyStopping', parts, notes };
}
