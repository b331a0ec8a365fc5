/** @file The rule as `tf.callbacks.earlyStopping` of TensorFlow.js 4.22: see ../rules/tfjs.ts. */
import type { Monitor } from '../../engine/experiment.ts';
import { firstValue, noStart, prefixed, rounding, stops, use, yourOwn } from './notes.ts';
import { number, plain, type ActiveRule, type Argument, type Note, type RuleCode } from './snippet.ts';

const NAMES = {
  'validation-loss': 'val_loss',
  'training-loss': 'loss',
  'validation-accuracy': 'val_acc',
  ...prefixed('val_'),
} satisfies Record<Monitor, string>;

export function tfjs(rule: ActiveRule): RuleCode {
  const { monitor, mode, modeChosen, patience, minDelta, baseline, restoreBestWeights } = rule;
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
  const notes: Note[] = [
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
    firstValue('TensorFlow.js'),
    ...rounding('TensorFlow.js', rule, 'minDelta'),
  ];
  return { imports: "import * as tf from '@tensorflow/tfjs';", parts, notes };
}
