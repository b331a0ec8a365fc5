/** @file The rule as `tf.callbacks.earlyStopping` of TensorFlow.js 4.22: see ../rules/tfjs.ts. */
import type { Monitor, RulePolicy } from '../../engine/experiment/experiment.ts';
import { modeOf } from './common.ts';
import { EDGES } from './edges.ts';
import { noStart, prefixed, stops, use, yourOwn } from './notes.ts';
import { number, plain, type RuleForCode, type Argument, type Note, type Snippet, type Writer } from './snippet.ts';

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
    ['patience', number(patience), true],
    ['minDelta', number(minDelta), true],
    ['mode', `'${mode}'`, modeChosen],
    ...(baseline === null ? [] : [['baseline', number(baseline), true] satisfies Argument]),
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
    ...EDGES.tfjs(rule),
  ]);
}

function own({ monitor, mode, patience, minDelta, baseline }: RulePolicy): Snippet {
  const settings = { patience, minDelta, baseline } as Pick<Settings, 'patience' | 'minDelta' | 'baseline'>;
  return snippet(
    { monitor, ...modeOf(mode, monitor), ...settings },
    yourOwn('TensorFlow.js', { monitor }, NAMES[monitor]),
  );
}

export const tfjs: Writer = {
  label: 'TensorFlow.js',
  write,
  own: { tfjs: own },
  several: { as: 'list' },
  epochs: (n) => `epochs: ${n} of fit`,
};
