/** @file The rule as the overfitting detector of a CatBoost estimator: see ../rules/catboost.ts. */
import { grows } from '../monitors.ts';
import { atLeastOne, edge, noBaseline, noMargin, noStart, OTHER_NAMES, patienceZero, use, WORDS } from './notes.ts';
import { call, given, numberCode, quoted, regressor, truth } from './snippet.ts';
import type { Argument, Note, OwnRule, RuleForCode, Snippet, Writer } from './snippet.ts';

function snippet({ monitor, mode }: Pick<RuleForCode, 'monitor' | 'mode'>, args: Argument[]): Snippet {
  const usual = !(monitor in OTHER_NAMES) && mode === (grows(monitor) ? 'max' : 'min');
  return {
    imports: 'from catboost import CatBoostClassifier',
    parts: call('CatBoostClassifier', args),
    notes: [
      use(`It watches eval_metric on eval_set: let that be your ${WORDS[monitor]}.`),
      ...(usual ? [] : [use(`It has no mode: is_max_optimal of your metric returns ${truth(mode === 'max')}.`)]),
    ],
    metric: `${monitor} ${mode}`,
  };
}

const edges = (): Note[] => [
  edge('CatBoost fails at the end of a run in which the metric was not finite or not there.'),
];

function write(rule: RuleForCode): Snippet {
  const written = snippet(rule, [
    ['od_type', quoted('Iter'), false],
    ['od_wait', numberCode(atLeastOne(rule)), true],
    ['use_best_model', truth(rule.restoreBestWeights), true],
  ]);
  const notes = [
    ...noStart('CatBoost', rule, 'iteration'),
    ...noBaseline('CatBoost', rule),
    ...noMargin('CatBoost', rule),
    ...patienceZero(rule, 'it is refused'),
    ...written.notes,
    ...edges(),
  ];
  return { ...written, notes };
}

const own: OwnRule = {
  write: (policy, form) =>
    snippet(form, [
      ...given(policy, 'od_type'),
      // Beside Iter it is refused.
      ...(policy.od_type === 'Iter' ? [] : given(policy, 'od_pval')),
      ...given(policy, 'od_wait', 'use_best_model'),
    ]),
  form: ({ od_type }) => (od_type === 'Iter' ? {} : 'it does not weigh what can still be expected'),
  edges,
};

export const catboost: Writer = {
  label: 'CatBoost',
  write,
  regression: ({ imports, parts, ...rest }) => ({
    ...rest,
    imports: regressor(imports),
    parts: parts.map((part) => ({ ...part, text: regressor(part.text) })),
  }),
  own: { catboost: own },
  several: null,
  epochs: (n) => `iterations=${n} of the estimator`,
};
