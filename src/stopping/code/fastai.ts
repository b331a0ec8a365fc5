/**
 * @file The rule as `EarlyStoppingCallback` of fastai (see ../rules/fastai.ts) and, to restore the best weights, its
 * `SaveModelCallback`, which compares in the same way.
 */
import type { Monitor, RulePolicy } from '../../engine/experiment/experiment.ts';
import { modeOf } from './common.ts';
import { EDGES } from './edges.ts';
import { noBaseline, noStart, prefixed, use, yourOwn } from './notes.ts';
import { call, number, plain, quoted, type RuleForCode, type Argument, type Snippet, type Writer } from './snippet.ts';

/** As the Recorder calls them. */
const NAMES = {
  'validation-loss': 'valid_loss',
  'training-loss': 'train_loss',
  'validation-accuracy': 'accuracy',
  ...prefixed(''),
} satisfies Record<Monitor, string>;

/** What fastai has by these names; its Brier score is of the decisions alone. */
const KNOWN: readonly Monitor[] = ['validation-error-rate', 'validation-f1'];

function snippet(rule: Omit<RuleForCode, 'baseline' | 'startFromEpoch' | 'creeps'>): Snippet {
  const { monitor, mode, modeChosen, patience, minDelta, restoreBestWeights } = rule;
  const metric: Argument[] = [
    ['monitor', quoted(NAMES[monitor]), false],
    ['comp', mode === 'min' ? 'np.less' : 'np.greater', modeChosen],
    ['min_delta', number(minDelta), true],
  ];
  const parts = call('EarlyStoppingCallback', [...metric, ['patience', number(patience), true]]);
  if (restoreBestWeights) parts.push(plain('\n'), ...call('SaveModelCallback', metric));
  const callbacks = `EarlyStoppingCallback${restoreBestWeights ? ', SaveModelCallback' : ''}`;
  return {
    imports: `import numpy as np\nfrom fastai.callback.tracker import ${callbacks}`,
    parts,
    notes: [
      ...(restoreBestWeights ? [use('SaveModelCallback loads the weights of the best epoch at the end.')] : []),
      ...(KNOWN.includes(monitor) ? [] : yourOwn('fastai', rule, NAMES[monitor])),
    ],
  };
}

function write(rule: RuleForCode): Snippet {
  const written = snippet(rule);
  const notes = [...noStart('fastai', rule), ...noBaseline('fastai', rule), ...written.notes, ...EDGES.fastai(rule)];
  return { ...written, notes };
}

function own({ monitor, comp, patience, min_delta }: RulePolicy): Snippet {
  const numbers = { patience: Number(patience), minDelta: Number(min_delta) };
  return snippet({ monitor, ...modeOf(comp, monitor), ...numbers, restoreBestWeights: false });
}

export const fastai: Writer = {
  label: 'fastai',
  write,
  worse: true,
  own: { fastai: own },
  several: {
    as: 'list',
    weights: 'Keep the weights of the best epoch by one SaveModelCallback beside them.',
    keeper: true,
  },
  epochs: (n) => `n_epoch=${n} of fit`,
};
