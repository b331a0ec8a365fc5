/** @file The rule as `keras.callbacks.EarlyStopping`, which it is; older versions call theirs the same. */
import type { Monitor, RulePolicy } from '../../engine/experiment/experiment.ts';
import { grows } from '../monitors.ts';
import type { RuleDescription } from '../rule.ts';
import { KERAS_1_2, KERAS_2_1, TF_KERAS_2_1 } from '../rules/keras-before-2.5.ts';
import { KERAS_3_0, TF_KERAS, TF_KERAS_2_12, TF_KERAS_2_16, TF_KERAS_2_5 } from '../rules/tf-keras.ts';
import { firstValue, OTHER_NAMES, prefixed, rounding, yourOwn } from './notes.ts';
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

/** What equals its default is left out, but for those that the rule is about. `restores`: whether it can restore weights. */
function argumentsOf(rule: RuleForCode, restores = true): Argument[] {
  const { monitor, mode, patience, minDelta, baseline, startFromEpoch, restoreBestWeights } = rule;
  // Which way a metric of one's own is to go, Keras cannot know.
  const usual = !(monitor in OTHER_NAMES) && mode === (grows(monitor) ? 'max' : 'min');
  return [
    ['monitor', quoted(NAMES[monitor]), false],
    ['patience', numberCode(patience), true],
    ['min_delta', numberCode(minDelta), true],
    ...(usual ? [] : [['mode', quoted(mode), true] satisfies Argument]),
    ...(baseline === null ? [] : [['baseline', numberCode(baseline), true] satisfies Argument]),
    ...(startFromEpoch === 0 ? [] : [['start_from_epoch', numberCode(startFromEpoch), true] satisfies Argument]),
    ...(restores ? [['restore_best_weights', truth(restoreBestWeights), true] satisfies Argument] : []),
  ];
}

function write(rule: RuleForCode): Snippet {
  const { monitor } = rule;
  const notes = monitor === 'validation-f1' ? [] : yourOwn('Keras', rule, NAMES[monitor]);
  return {
    imports: 'from keras.callbacks import EarlyStopping',
    parts: call('EarlyStopping', argumentsOf(rule)),
    notes,
  };
}

/** Both call their numbers alike, and write min delta with its sign. */
const asItIs = ({ min_delta, baseline }: RulePolicy, form: RuleForCode): RuleForCode => ({
  ...form,
  minDelta: Number(min_delta),
  baseline: (baseline ?? null) as number | null,
});

const own: OwnRule = {
  write: (policy, form) => write(asItIs(policy, form)),
  form: ({ baseline }) => ({ baseline: baseline as number | null }),
};

/** Of an older Keras: the module with its callbacks, the versions that its code is for, and its form. */
function older(
  rule: RuleDescription,
  module: string,
  versions: string,
  form: (settings: RulePolicy, form: RuleForCode) => Partial<RuleForCode> | string,
): OwnRule {
  const restores = 'restore_best_weights' in rule.parameters;
  return {
    write: (policy, form) => ({
      imports: `from ${module}.callbacks import EarlyStopping  # ${versions}`,
      parts: call('EarlyStopping', argumentsOf(asItIs(policy, form), restores)),
      notes: yourOwn(rule.label, form, NAMES[form.monitor]),
    }),
    form,
    edges: (form) => [firstValue(rule.label), ...rounding(rule.label, form, 'min_delta')],
  };
}

const baselineIsBest = ({ baseline }: RulePolicy) =>
  baseline === null ? {} : 'to older versions of Keras the baseline is the best value from the start';
const looksAlways =
  (stops: string) =>
  ({ patience, baseline }: RulePolicy) =>
    patience === 0
      ? `with patience 0 tf.keras of these versions stops ${stops}`
      : baseline !== null
        ? 'tf.keras of these versions stops a run below its baseline also while it improves'
        : {};
const likeKeras = ({ baseline }: RulePolicy) => ({ baseline: baseline as number | null });

const KERAS_BY_VERSION = {
  'keras-3.0': older(KERAS_3_0, 'keras', 'Keras 3.0 to 3.6', likeKeras),
  'tf-keras-2.16': older(TF_KERAS_2_16, 'tf_keras', 'tf_keras 2.16 and later', likeKeras),
  'tf-keras-2.12': older(TF_KERAS_2_12, 'tensorflow.keras', 'TensorFlow 2.12 to 2.15', likeKeras),
  'tf-keras': older(
    ...([TF_KERAS, 'tensorflow.keras', 'TensorFlow 2.7 to 2.11'] as const),
    looksAlways('at once from the second epoch on'),
  ),
  'tf-keras-2.5': older(
    ...([TF_KERAS_2_5, 'tensorflow.keras', 'TensorFlow 2.5 and 2.6'] as const),
    looksAlways('after the first epoch'),
  ),
  'tf-keras-2.1': older(TF_KERAS_2_1, 'tensorflow.keras', 'TensorFlow 2.1 to 2.4', baselineIsBest),
  'keras-2.1': older(KERAS_2_1, 'keras', 'Keras 2.1 to 2.3', baselineIsBest),
  'keras-1.2': older(KERAS_1_2, 'keras', 'Keras 1.2 to 2.0.6', (_, { patience }) => ({ patience: patience + 1 })),
};

export const keras: Writer = {
  label: 'Keras',
  title: 'Keras 3',
  write,
  own: { keras: own, ...KERAS_BY_VERSION },
  several: {
    as: 'list',
    weights: 'Each rule that restores its best weights does so at the end: the last in the list stands.',
  },
  epochs: (n) => `epochs=${n} of fit`,
};
