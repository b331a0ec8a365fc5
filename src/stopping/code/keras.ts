/** @file The rule as `keras.callbacks.EarlyStopping`, which it is; that of tf.keras 2 was called the same. */
import type { Monitor } from '../../engine/experiment/experiment.ts';
import { grows } from '../monitors.ts';
import { fromKeras } from './common.ts';
import { OTHER_NAMES, prefixed, use, yourOwn } from './notes.ts';
import { call, number, quoted, truth, type RuleForCode, type Argument, type Snippet, type Writer } from './snippet.ts';

const NAMES = {
  'validation-loss': 'val_loss',
  'training-loss': 'loss',
  'validation-accuracy': 'val_accuracy',
  ...prefixed('val_'),
} satisfies Record<Monitor, string>;

/** What equals its default is left out, but for the two that the rule is about. */
function write(rule: RuleForCode): Snippet {
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

function older(rule: RuleForCode): Snippet {
  const of = use('For TensorFlow up to 2.11: its Keras of 2.12 looks at the patience as Keras 3 does.');
  return {
    imports: 'from tensorflow.keras.callbacks import EarlyStopping',
    parts: write(rule).parts,
    notes: [of, ...yourOwn('tf.keras', rule, NAMES[rule.monitor])],
  };
}

export const keras: Writer = {
  label: 'Keras',
  write,
  own: { keras: (policy) => write(fromKeras(policy)), 'tf-keras': (policy) => older(fromKeras(policy)) },
  several: {
    as: 'list',
    weights: 'Each rule that restores its best weights does so at the end: the last in the list stands.',
  },
  epochs: (n) => `epochs=${n} of fit`,
};
