/**
 * @file The rule as `EarlyStopping` of PyTorch Lightning (see ../rules/lightning.ts) and, to restore the best weights, a
 * checkpoint to load afterwards. Its thresholds are those of ../rules/research/threshold.ts too.
 */
import type { Monitor, RulePolicy } from '../../engine/experiment/experiment.ts';
import { LIGHTNING } from '../rules/lightning.ts';
import { edge, firstValue, abortsOnMissing, noBaseline, noStart, prefixed, use } from './notes.ts';
import {
  call,
  changedArguments,
  given,
  numberCode,
  plain,
  python,
  quoted,
  type RuleForCode,
  type Argument,
  type Note,
  type OwnRule,
  type Snippet,
  type Writer,
} from './snippet.ts';

/** Lightning has no names of its own: these are the ones its documentation logs under. */
const NAMES = {
  'validation-loss': 'val_loss',
  'training-loss': 'train_loss',
  'validation-accuracy': 'val_acc',
  ...prefixed('val_'),
} satisfies Record<Monitor, string>;

/** It stops by thresholds alone. */
const OUT_OF_REACH = 1e9;

type Watched = Pick<RuleForCode, 'monitor' | 'mode' | 'modeChosen'>;

const watching = ({ monitor, mode, modeChosen }: Watched): Argument[] => [
  ['monitor', quoted(NAMES[monitor]), false],
  ['mode', quoted(mode), modeChosen],
];

function snippet(watched: Watched, more: Argument[]): Snippet {
  const { monitor, mode } = watched;
  return {
    imports: 'from lightning.pytorch.callbacks import EarlyStopping',
    parts: call('EarlyStopping', [...watching(watched), ...more]),
    notes: [use(`Your module has to log ${NAMES[monitor]} in every epoch.`)],
    metric: `${monitor} ${mode}`,
  };
}

function write(rule: RuleForCode): Snippet {
  const { patience, minDelta, restoreBestWeights } = rule;
  const { imports, parts, notes, ...same } = snippet(rule, [
    ['patience', numberCode(patience), true],
    ['min_delta', numberCode(minDelta), true],
    ['check_finite', 'False', false],
  ]);
  const before: Note[] = [
    ...noStart('Lightning', rule),
    ...noBaseline('Lightning', rule),
    ...(restoreBestWeights ? [use('Load best_model_path of the ModelCheckpoint after training.')] : []),
    ...(restoreBestWeights && minDelta > 0
      ? [use('ModelCheckpoint keeps any improvement, whatever min_delta says.')]
      : []),
  ];
  return {
    ...same,
    imports: `${imports}${restoreBestWeights ? ', ModelCheckpoint' : ''}`,
    parts: restoreBestWeights ? [...parts, plain('\n'), ...call('ModelCheckpoint', watching(rule))] : parts,
    notes: [...before, ...notes, ...edges(rule)],
  };
}

const MISSING = abortsOnMissing('Lightning');
const edges = ({ minDelta }: RuleForCode): Note[] => [
  MISSING,
  firstValue('Lightning'),
  ...(Math.fround(minDelta) === minDelta
    ? []
    : [edge('Lightning rounds min_delta to float32: an improvement by just min_delta may count in one alone.')]),
];

const own: OwnRule = {
  write(policy, form) {
    const rest = changedArguments(policy, LIGHTNING.parameters, 'mode', 'patience', 'min_delta');
    return snippet(form, [...given(policy, 'patience', 'min_delta'), ...rest]);
  },
  form: ({ stopping_threshold, divergence_threshold }) =>
    stopping_threshold !== null || divergence_threshold !== null ? 'it has no threshold that stops at once' : {},
  edges: (form, { check_finite, strict }) => [
    ...(check_finite === true ? [edge('NaN or infinity stops a run of Lightning at once: its check_finite.')] : []),
    ...edges(form).filter((note) => strict === true || note !== MISSING),
  ],
};

function threshold({ target, divergence, stopOnNonFinite }: RulePolicy, form: RuleForCode): Snippet {
  const thresholds = (
    [
      ['stopping_threshold', target],
      ['divergence_threshold', divergence],
    ] as const
  ).filter(([, value]) => value !== null);
  const written = snippet(form, [
    ['patience', numberCode(OUT_OF_REACH), false],
    ['strict', 'False', false],
    ['check_finite', python(stopOnNonFinite!), true],
    ...thresholds.map(([name, value]): Argument => [name, python(value!), true]),
  ]);
  return {
    ...written,
    notes: [
      ...written.notes,
      use('The patience is out of reach: the thresholds alone stop it.'),
      use('It restores no weights: keep the best by a ModelCheckpoint.'),
      ...(target === null ? [] : [edge('A value of exactly the target stops here, in Lightning only a better one.')]),
      ...(thresholds.length === 0 ? [] : [edge('Lightning compares with the thresholds in float32.')]),
    ],
  };
}

export const lightning: Writer = {
  label: 'Lightning',
  write,
  worse: true,
  own: { lightning: own, threshold: { write: threshold } },
  several: {
    as: 'list',
    metrics: 'distinct',
    weights: 'Lightning restores no weights: keep those of the best epoch by a ModelCheckpoint.',
    keeper: true,
  },
  epochs: (n) => `max_epochs=${n} of the Trainer`,
};
