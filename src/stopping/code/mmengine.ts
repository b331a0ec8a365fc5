/** @file The rule as `mmengine.hooks.EarlyStoppingHook`: see ../rules/mmengine.ts. */
import type { Monitor } from '../../engine/experiment/experiment.ts';
import {
  edge,
  firstValue,
  noBaseline,
  noStart,
  patienceZero,
  prefixed,
  rounding,
  stops,
  use,
  yourOwn,
} from './notes.ts';
import { call, given, numberCode, quoted } from './snippet.ts';
import type { Argument, Note, OwnRule, RuleForCode, Snippet, Writer } from './snippet.ts';

const NAMES = {
  'validation-loss': 'loss',
  'training-loss': 'train_loss',
  'validation-accuracy': 'accuracy/top1',
  ...prefixed(''),
} satisfies Record<Monitor, string>;

/** With min delta 0 a plateau is an improvement. */
const LEAST_DELTA = 1e-12;

const snippet = ({ monitor, mode }: RuleForCode, args: Argument[], notes: Note[]): Snippet => ({
  imports: 'from mmengine.hooks import EarlyStoppingHook',
  parts: call('EarlyStoppingHook', [
    ['monitor', quoted(NAMES[monitor]), false],
    ['rule', quoted(mode === 'min' ? 'less' : 'greater'), false],
    ...args,
  ]),
  notes,
});

const edges = (rule: RuleForCode): Note[] => [
  edge('To MMEngine an improvement of exactly min_delta counts, and one to NaN.'),
  firstValue('MMEngine'),
  ...rounding('MMEngine', rule, 'min_delta'),
];

function write(rule: RuleForCode): Snippet {
  const { monitor, minDelta, patience, restoreBestWeights } = rule;
  const args: Argument[] = [
    ['min_delta', numberCode(minDelta === 0 ? LEAST_DELTA : minDelta), true],
    ['check_finite', 'False', false],
    ['patience', numberCode(Math.max(1, patience)), true],
  ];
  return snippet(rule, args, [
    ...noStart('MMEngine', rule),
    ...noBaseline('MMEngine', rule),
    ...patienceZero(rule, 'it is the same'),
    ...(minDelta === 0
      ? []
      : [stops('To MMEngine an improvement of exactly min_delta counts: a tie stops later, never earlier.')]),
    ...(minDelta === 0 ? [use('With min_delta 0 a plateau would count as an improvement and never stop.')] : []),
    ...(restoreBestWeights ? [use('It keeps the last weights; CheckpointHook with save_best keeps the best.')] : []),
    ...yourOwn('MMEngine', rule, NAMES[monitor]),
    ...edges(rule),
  ]);
}

const own: OwnRule = {
  write: (policy, form) =>
    snippet(
      form,
      given(policy, 'min_delta', 'strict', 'check_finite', 'patience', 'stopping_threshold'),
      yourOwn('MMEngine', form, NAMES[form.monitor]),
    ),
  form: ({ min_delta, stopping_threshold }) =>
    stopping_threshold !== null
      ? 'it has no threshold that stops it'
      : Number(min_delta) === 0
        ? 'with min_delta 0 a plateau is an improvement to MMEngine'
        : { minDelta: Number(min_delta) <= LEAST_DELTA && Number(min_delta) > 0 ? 0 : Number(min_delta) },
  edges,
};

export const mmengine: Writer = {
  label: 'MMEngine',
  write,
  worse: true,
  own: { mmengine: own },
  several: { as: 'list' },
  epochs: (n) => `max_epochs=${n} of train_cfg`,
};
