/**
 * @file The rule as an estimator of scikit-learn that can watch the same: see ../rules/sklearn.ts and
 * ../rules/sklearn-hist-gradient-boosting.ts. scikit-learn has no rule apart from its estimators, and each watches what it
 * watches.
 */
import type { Monitor } from '../../engine/experiment.ts';
import { grows } from '../monitors.ts';
import { atLeastOne, creeping, edge, noBaseline, noStart, patienceZero, rounding, stops, use, WORDS } from './notes.ts';
import { call, number, quoted, truth, type ActiveRule, type Note, type RuleCode } from './snippet.ts';

/** What `MLPClassifier` watches: its loss, or the accuracy on data held out. */
const OF_NETWORKS: readonly Monitor[] = ['training-loss', 'validation-accuracy', 'validation-error-rate'];

const SCORING: Partial<Record<Monitor, string>> = {
  'validation-loss': 'loss',
  'validation-f1': 'f1_macro',
  'validation-brier': 'neg_brier_score',
};

/** With tol 0 an MLP takes a plateau for an improvement. */
const LEAST_TOL = 1e-12;

export function sklearn(rule: ActiveRule): RuleCode {
  const { monitor, mode } = rule;
  const scoring = SCORING[monitor];
  const usual = mode === (grows(monitor) ? 'max' : 'min');
  if (usual && OF_NETWORKS.includes(monitor)) return network(rule);
  if (usual && scoring !== undefined) return boosting(rule, scoring);
  const reason = usual
    ? `no estimator of it watches the ${WORDS[monitor]}`
    : `it has no mode, and wants the ${WORDS[monitor]} to ${grows(monitor) ? 'grow' : 'shrink'}`;
  return { imports: '', parts: [], notes: [stops(`scikit-learn cannot express this rule: ${reason}.`)] };
}

function network(rule: ActiveRule): RuleCode {
  const { monitor, patience, minDelta, restoreBestWeights } = rule;
  const held = monitor !== 'training-loss';
  const parts = call('MLPClassifier', [
    ['early_stopping', truth(held), false],
    ['n_iter_no_change', number(Math.max(1, patience - 1)), true],
    ['tol', number(minDelta === 0 ? LEAST_TOL : minDelta), true],
  ]);
  const notes: Note[] = [
    ...noStart('scikit-learn', rule),
    ...noBaseline('scikit-learn', rule),
    ...(patience < 2
      ? [stops('It waits at least 2 epochs: n_iter_no_change is 1 at the least, and it stops at one more.')]
      : [use(`It stops at one epoch more than n_iter_no_change: ${patience - 1} for a patience of ${patience}.`)]),
    ...creeping('scikit-learn', rule, 'tol'),
    ...(minDelta === 0 ? [use('With tol 0 a plateau would count as an improvement and never stop.')] : []),
    use(
      held
        ? 'It watches the accuracy on the part of the data that it holds out.'
        : 'Its loss includes the penalty alpha.',
    ),
    ...(restoreBestWeights === held
      ? []
      : [use(held ? 'It ends with its best weights in any case.' : 'It ends with its last weights.')]),
    edge('NaN sets its counter back; to Keras it is no improvement.'),
    minDelta === 0 ? edge('An improvement below 1e-12 does not count.') : edge('An improvement of exactly tol counts.'),
  ];
  return { imports: 'from sklearn.neural_network import MLPClassifier', parts, notes };
}

function boosting(rule: ActiveRule, scoring: string): RuleCode {
  const { monitor, minDelta, restoreBestWeights } = rule;
  const parts = call('HistGradientBoostingClassifier', [
    ['early_stopping', 'True', false],
    ['scoring', quoted(scoring), false],
    ['n_iter_no_change', number(atLeastOne(rule)), true],
    ['tol', number(minDelta), true],
  ]);
  const notes: Note[] = [
    ...noStart('scikit-learn', rule, 'iteration'),
    ...noBaseline('scikit-learn', rule),
    ...(minDelta === 0
      ? []
      : [
          stops('It compares with the value n_iter_no_change iterations ago: a slow creep stops earlier, never later.'),
        ]),
    ...patienceZero(rule, 'it is refused'),
    use(`MLP and SGD of scikit-learn cannot watch the ${WORDS[monitor]}; this one can, and counts iterations.`),
    ...(monitor === 'validation-loss' && minDelta > 0
      ? [use('For HistGradientBoostingRegressor halve tol: its loss is half the squared error.')]
      : []),
    ...(restoreBestWeights ? [use('It keeps all its trees.')] : []),
    edge('It has a score of the untrained model too. Where it is compared with NaN, it stops.'),
    ...rounding('scikit-learn', rule, 'tol'),
  ];
  return { imports: 'from sklearn.ensemble import HistGradientBoostingClassifier', parts, notes };
}
