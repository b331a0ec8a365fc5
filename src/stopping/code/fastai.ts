/**
 * @file The rule as `EarlyStoppingCallback` of fastai (see ../rules/fastai.ts) and, to restore the best weights, its
 * `SaveModelCallback`, which compares in the same way.
 */
import type { Monitor } from '../../engine/experiment/experiment.ts';
import { firstValue, abortsOnMissing, noBaseline, noStart, prefixed, rounding, use, yourOwn } from './notes.ts';
import {
  call,
  numberCode,
  plain,
  quoted,
  type RuleForCode,
  type Argument,
  type Note,
  type Snippet,
  type Writer,
} from './snippet.ts';

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
    ['min_delta', numberCode(minDelta), true],
  ];
  const parts = call('EarlyStoppingCallback', [...metric, ['patience', numberCode(patience), true]]);
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
  const notes = [...noStart('fastai', rule), ...noBaseline('fastai', rule), ...written.notes, ...edges(rule)];
  return { ...written, notes };
}

const edges = (rule: RuleForCode): Note[] => [
  abortsOnMissing('fastai'),
  firstValue('fastai'),
  ...rounding('fastai', rule, 'min_delta'),
];

export const fastai: Writer = {
  label: 'fastai',
  write,
  worse: true,
  own: { fastai: { write: (_, form) => snippet(form), form: () => ({}), edges } },
  several: {
    as: 'list',
    weights: 'Keep the weights of the best epoch by one SaveModelCallback beside them.',
    keeper: true,
  },
  epochs: (n) => `n_epoch=${n} of fit`,
};
