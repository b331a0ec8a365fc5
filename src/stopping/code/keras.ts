/** @file The rule as `keras.callbacks.EarlyStopping`, which it is; that of tf.keras 2 was called the same. */
import type { Monitor, RulePolicy } from '../../engine/experiment/experiment.ts';
import { grows } from '../monitors.ts';
import { firstValue, OTHER_NAMES, prefixed, rounding, use, yourOwn } from './notes.ts';
import {
  call,
  numberCode,
  quoted,
  truth,
  type RuleForCode,
  type Argument,
  type OwnRule,
  type Snippet,
  type Writer,
} from './snippet.ts';

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
    ['patience', numberCode(patience), true],
    ['min_delta', numberCode(minDelta), true],
    ...(usual ? [] : [['mode', quoted(mode), true] satisfies Argument]),
    ...(baseline === null ? [] : [['baseline', numberCode(baseline), true] satisfies Argument]),
    ...(startFromEpoch === 0 ? [] : [['start_from_epoch', numberCode(startFromEpoch), true] satisfies Argument]),
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

/** Both call their numbers alike, and write min delta with its sign. */
const asItIs = ({ min_delta, baseline }: RulePolicy, form: RuleForCode): RuleForCode => ({
  ...form,
  minDelta: Number(min_delta),
  baseline: baseline as number | null,
});

const own: OwnRule = {
  write: (policy, form) => write(asItIs(policy, form)),
  form: ({ baseline }) => ({ baseline: baseline as number | null }),
};

const olderOwn: OwnRule = {
  write: (policy, form) => older(asItIs(policy, form)),
  form: ({ patience, baseline }) =>
    patience === 0
      ? 'with patience 0 tf.keras 2 stops at once from the second epoch on'
      : baseline !== null
        ? 'tf.keras 2 stops a run below its baseline also while it improves'
        : {},
  edges: (rule) => [firstValue('tf.keras 2'), ...rounding('tf.keras 2', rule, 'min_delta')],
};

export const keras: Writer = {
  label: 'Keras',
  title: 'Keras 3',
  write,
  own: { keras: own, 'tf-keras': olderOwn },
  several: {
    as: 'list',
    weights: 'Each rule that restores its best weights does so at the end: the last in the list stands.',
  },
  epochs: (n) => `epochs=${n} of fit`,
};
