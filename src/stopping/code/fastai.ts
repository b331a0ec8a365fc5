/**
 * @file The rule as `EarlyStoppingCallback` of fastai (see ../rules/fastai.ts) and, to restore the best weights, its
 * `SaveModelCallback`, which compares in the same way.
 */
import type { Monitor } from '../../engine/experiment.ts';
import { firstValue, missing, noBaseline, noStart, prefixed, rounding, use, yourOwn } from './notes.ts';
import { call, number, plain, quoted, type ActiveRule, type Argument, type Note, type RuleCode } from './snippet.ts';

/** As the Recorder calls them. */
const NAMES = {
  'validation-loss': 'valid_loss',
  'training-loss': 'train_loss',
  'validation-accuracy': 'accuracy',
  ...prefixed(''),
} satisfies Record<Monitor, string>;

/** What fastai has not, or computes of the decisions alone. */
const OWN: readonly Monitor[] = ['validation-brier', 'validation-calibration-error'];

export function fastai(rule: ActiveRule): RuleCode {
  const { monitor, mode, modeChosen, patience, minDelta, restoreBestWeights } = rule;
  const metric: Argument[] = [
    ['monitor', quoted(NAMES[monitor]), false],
    ['comp', mode === 'min' ? 'np.less' : 'np.greater', modeChosen],
    ['min_delta', number(minDelta), true],
  ];
  const parts = call('EarlyStoppingCallback', [...metric, ['patience', number(patience), true]]);
  if (restoreBestWeights) parts.push(plain('\n'), ...call('SaveModelCallback', metric));
  const notes: Note[] = [
    ...noStart('fastai', rule),
    ...noBaseline('fastai', rule),
    ...(restoreBestWeights ? [use('SaveModelCallback loads the weights of the best epoch at the end.')] : []),
    ...(OWN.includes(monitor) ? yourOwn('fastai', rule, NAMES[monitor]) : []),
    missing,
    firstValue('fastai'),
    ...rounding('fastai', rule, 'min_delta'),
  ];
  const callbacks = `EarlyStoppingCallback${restoreBestWeights ? ', SaveModelCallback' : ''}`;
  return { imports: `import numpy as np\nfrom fastai.callback.tracker import ${callbacks}`, parts, notes };
}
