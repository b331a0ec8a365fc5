/** @file The rule as `skorch.callbacks.EarlyStopping`: see ../rules/skorch.ts. */
import type { Monitor } from '../../engine/experiment/experiment.ts';
import {
  abortsOnMissing,
  atLeastOne,
  firstValue,
  noBaseline,
  noStart,
  patienceZero,
  prefixed,
  rounding,
} from './notes.ts';
import { yourOwn } from './notes.ts';
import { call, given, numberCode, quoted, truth } from './snippet.ts';
import type { Argument, Note, OwnRule, RuleForCode, Snippet, Writer } from './snippet.ts';

const NAMES = {
  'validation-loss': 'valid_loss',
  'training-loss': 'train_loss',
  'validation-accuracy': 'valid_acc',
  ...prefixed('valid_'),
} satisfies Record<Monitor, string>;

const snippet = (monitor: Monitor, args: Argument[], notes: Note[]): Snippet => ({
  imports: 'from skorch.callbacks import EarlyStopping',
  parts: call('EarlyStopping', [['monitor', quoted(NAMES[monitor]), false], ...args]),
  notes,
});

const edges = (rule: RuleForCode): Note[] => [
  abortsOnMissing('skorch'),
  firstValue('skorch'),
  ...rounding('skorch', rule, 'threshold'),
];

function write(rule: RuleForCode): Snippet {
  const { monitor, mode, minDelta, restoreBestWeights } = rule;
  const args: Argument[] = [
    ['patience', numberCode(atLeastOne(rule)), true],
    ['threshold', numberCode(minDelta), true],
    ['threshold_mode', quoted('abs'), false],
    ['lower_is_better', truth(mode === 'min'), rule.modeChosen],
    ['load_best', truth(restoreBestWeights), true],
  ];
  return snippet(monitor, args, [
    ...noStart('skorch', rule),
    ...noBaseline('skorch', rule),
    ...patienceZero(rule, 'it stops at the first epoch that improves'),
    ...yourOwn('skorch', rule, NAMES[monitor]),
    ...edges(rule),
  ]);
}

const own: OwnRule = {
  write: (policy, form) =>
    snippet(
      form.monitor,
      [
        ...given(policy, 'patience', 'threshold', 'threshold_mode'),
        ['lower_is_better', truth(policy.lower_is_better === 'true'), true],
        ...given(policy, 'load_best'),
      ],
      yourOwn('skorch', form, NAMES[form.monitor]),
    ),
  form: ({ threshold, threshold_mode }, { patience }) =>
    patience === 0
      ? 'with patience 0 skorch stops at the first epoch that improves'
      : threshold_mode === 'rel' && threshold !== 0
        ? 'its margin is no share of the best'
        : { minDelta: Number(threshold) },
  edges,
};

export const skorch: Writer = {
  label: 'skorch',
  write,
  worse: true,
  own: { skorch: own },
  several: { as: 'list' },
  epochs: (n) => `max_epochs=${n} of the net`,
};
