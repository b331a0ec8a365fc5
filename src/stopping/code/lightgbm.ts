/** @file The rule as `lightgbm.early_stopping`: see ../rules/lightgbm.ts. */
import { grows } from '../monitors.ts';
import { atLeastOne, edge, noBaseline, noStart, OTHER_NAMES, patienceZero, rounding, use, WORDS } from './notes.ts';
import {
  call,
  given,
  numberCode,
  truth,
  type RuleForCode,
  type Argument,
  type Note,
  type OwnRule,
  type Snippet,
  type Writer,
} from './snippet.ts';

function snippet(
  { monitor, mode }: Pick<RuleForCode, 'monitor' | 'mode'>,
  rounds: Argument[],
  delta: Argument[],
): Snippet {
  const usual = !(monitor in OTHER_NAMES) && mode === (grows(monitor) ? 'max' : 'min');
  return {
    imports: 'from lightgbm import early_stopping',
    parts: call('early_stopping', [...rounds, ['first_metric_only', 'True', false], ...delta]),
    notes: [
      use(`It watches the first metric on valid_sets: let that be your ${WORDS[monitor]}.`),
      ...(monitor === 'training-loss' ? [use('It leaves the training set out: give it a copy of that.')] : []),
      ...(usual ? [] : [use(`It has no mode: your feval returns is_higher_better=${truth(mode === 'max')}.`)]),
    ],
    metric: `${monitor} ${mode}`,
  };
}

function write(rule: RuleForCode): Snippet {
  const { minDelta, restoreBestWeights } = rule;
  const written = snippet(
    rule,
    [['stopping_rounds', numberCode(atLeastOne(rule)), true]],
    [['min_delta', numberCode(minDelta), true]],
  );
  const notes: Note[] = [
    ...noStart('LightGBM', rule, 'round'),
    ...noBaseline('LightGBM', rule),
    ...patienceZero(rule, 'LightGBM does not stop at all'),
    ...written.notes,
    ...(restoreBestWeights ? [] : [use('It predicts with its best round in any case.')]),
    ...edges(rule),
  ];
  return { ...written, notes };
}

const edges = (rule: RuleForCode): Note[] => [
  edge(
    'A first round without the value aborts a run of LightGBM; a later one counts as no improvement, but does not stop it.',
  ),
  ...rounding('LightGBM', rule, 'min_delta'),
];

const own: OwnRule = {
  write: (policy, form) => snippet(form, given(policy, 'stopping_rounds'), given(policy, 'min_delta')),
  form: (_, { patience }) => (patience === 0 ? 'with stopping_rounds 0 it never stops' : {}),
  edges,
};

export const lightgbm: Writer = {
  label: 'LightGBM',
  write,
  own: { lightgbm: own },
  several: {
    as: 'list',
    metrics: 'one',
    weights: 'Where two rules stop in one round, either may tell the best round.',
  },
  epochs: (n) => `num_boost_round=${n} of train`,
};
