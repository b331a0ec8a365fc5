/** @file The rule as `tf.callbacks.earlyStopping` of TensorFlow.js 4.22: see ../rules/tfjs.ts. */
import type { Monitor } from '../../engine/experiment/experiment.ts';
import { firstValue, noStart, prefixed, rounding, stops, use, yourOwn } from './notes.ts';
import {
  numberCode,
  plain,
  type RuleForCode,
  type Argument,
  type Note,
  type OwnRule,
  type Snippet,
  type Writer,
} from './snippet.ts';

const NAMES = {
  'validation-loss': 'val_loss',
  'training-loss': 'loss',
  'validation-accuracy': 'val_acc',
  ...prefixed('val_'),
} satisfies Record<Monitor, string>;

type Settings = Pick<RuleForCode, 'monitor' | 'mode' | 'modeChosen' | 'patience' | 'minDelta' | 'baseline'>;

function snippet({ monitor, mode, modeChosen, patience, minDelta, baseline }: Settings, notes: Note[]): Snippet {
  const fields: Argument[] = [
    ['monitor', `'${NAMES[monitor]}'`, false],
    ['patience', numberCode(patience), true],
    ['minDelta', numberCode(minDelta), true],
    ['mode', `'${mode}'`, modeChosen],
    ...(baseline === null ? [] : [['baseline', numberCode(baseline), true] satisfies Argument]),
  ];
  const parts = [
    plain('tf.callbacks.earlyStopping({'),
    ...fields.flatMap(([name, text, strong]) => [plain(`\n  ${name}: `), { text, strong }, plain(',')]),
    plain('\n})'),
  ];
  return { imports: "import * as tf from '@tensorflow/tfjs';", parts, notes };
}

function write(rule: RuleForCode): Snippet {
  const { monitor, baseline, restoreBestWeights } = rule;
  return snippet(rule, [
    ...noStart('TensorFlow.js', rule),
    ...(baseline === null
      ? []
      : [
          stops(
            'To TensorFlow.js the baseline is the best value from the start: until it is beaten every epoch is one without an improvement.',
          ),
        ]),
    ...(restoreBestWeights
      ? [use('TensorFlow.js 4.22 refuses restoreBestWeights: save the weights of the best epoch yourself.')]
      : []),
    ...yourOwn('TensorFlow.js', rule, NAMES[monitor]),
    ...edges(rule),
  ]);
}

const edges = (rule: RuleForCode): Note[] => [
  firstValue('TensorFlow.js'),
  ...rounding('TensorFlow.js', rule, 'minDelta'),
];

const own: OwnRule = {
  write({ minDelta, baseline }, form) {
    const settings = { ...form, minDelta: Number(minDelta), baseline: baseline as number | null };
    return snippet(settings, yourOwn('TensorFlow.js', form, NAMES[form.monitor]));
  },
  form: ({ baseline }) => (baseline === null ? {} : 'to TensorFlow.js the baseline is the best value from the start'),
  edges,
};

export const tfjs: Writer = {
  label: 'TensorFlow.js',
  write,
  own: { tfjs: own },
  several: { as: 'list' },
  epochs: (n) => `epochs: ${n} of fit`,
};
