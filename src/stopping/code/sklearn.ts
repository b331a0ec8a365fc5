/**
 * @file The rule as an estimator of scikit-learn that can watch the same: see ../rules/sklearn.ts and
 * ../rules/sklearn-hist-gradient-boosting.ts. scikit-learn has no rule apart from its estimators, and each watches what it
 * watches.
 */
import type { Monitor, RulePolicy } from '../../engine/experiment/experiment.ts';
import { grows } from '../monitors.ts';
import {
  atLeastOne,
  creeping,
  edge,
  noBaseline,
  none,
  noStart,
  patienceZero,
  rounding,
  stops,
  use,
  WORDS,
} from './notes.ts';
import {
  call,
  given,
  numberCode,
  quoted,
  truth,
  type RuleForCode,
  type Argument,
  type Note,
  regressor,
  type OwnRule,
  type Snippet,
  type Writer,
} from './snippet.ts';

/** What `MLPClassifier` and `SGDClassifier` watch: their loss, or the accuracy on data held out. */
const OF_NETWORKS: readonly Monitor[] = ['training-loss', 'validation-accuracy', 'validation-error-rate'];

const SCORING: Partial<Record<Monitor, string>> = {
  'validation-loss': 'loss',
  'validation-f1': 'f1_macro',
  'validation-brier': 'neg_brier_score',
};
/** What trees can watch as well, if they are asked for. */
const SCORING_OF_TREES: Partial<Record<Monitor, string>> = {
  ...SCORING,
  'training-loss': 'loss',
  'validation-accuracy': 'accuracy',
  'validation-error-rate': 'accuracy',
};

const NETWORKS = 'from sklearn.neural_network import MLPClassifier';
const LINEAR = 'from sklearn.linear_model import SGDClassifier';
const TREES = 'from sklearn.ensemble import HistGradientBoostingClassifier';

const usual = (mode: 'min' | 'max', monitor: Monitor) => mode === (grows(monitor) ? 'max' : 'min');
const noMode = (monitor: Monitor) =>
  `it has no mode, and wants the ${WORDS[monitor]} to ${grows(monitor) ? 'grow' : 'shrink'}`;
const no = (reason: string) => none('scikit-learn', reason);

function write(rule: RuleForCode): Snippet {
  const { monitor, mode, minDelta, creeps } = rule;
  const scoring = SCORING[monitor];
  if (!usual(mode, monitor)) return no(noMode(monitor));
  if (OF_NETWORKS.includes(monitor)) return network(rule);
  if (creeps && minDelta > 0) return no('only its MLP and SGD let the best follow improvements below tol');
  return scoring === undefined ? no(`no estimator of it watches the ${WORDS[monitor]}`) : boosting(rule, scoring);
}

/** With tol 0 an MLP takes a plateau for an improvement. */
const LEAST_TOL = 1e-12;

const edgesOfNetworks = ({ minDelta }: RuleForCode): Note[] => [
  edge('NaN sets the counter of scikit-learn back; to Keras it is no improvement.'),
  minDelta <= LEAST_TOL
    ? edge('To scikit-learn an improvement below 1e-12 does not count.')
    : edge('To scikit-learn an improvement of exactly tol counts.'),
];

const edgesOfTrees = (rule: RuleForCode): Note[] => [
  edge('scikit-learn has a score of the untrained model too. Where it is compared with NaN, it stops.'),
  ...rounding('scikit-learn', rule, 'tol'),
];

const watchesOfNetwork = (held: boolean) =>
  use(
    held
      ? 'It watches the accuracy on the part of the data that it holds out.'
      : 'Its loss includes the penalty alpha.',
  );

function network(rule: RuleForCode): Snippet {
  const { monitor, patience, minDelta, restoreBestWeights } = rule;
  const held = monitor !== 'training-loss';
  const parts = call('MLPClassifier', [
    ['early_stopping', truth(held), false],
    ['n_iter_no_change', numberCode(Math.max(1, patience - 1)), true],
    ['tol', numberCode(minDelta === 0 ? LEAST_TOL : minDelta), true],
  ]);
  const notes: Note[] = [
    ...noStart('scikit-learn', rule),
    ...noBaseline('scikit-learn', rule),
    ...(patience < 2
      ? [stops('It waits at least 2 epochs: n_iter_no_change is 1 at the least, and it stops at one more.')]
      : [use(`It stops at one epoch more than n_iter_no_change: ${patience - 1} for a patience of ${patience}.`)]),
    ...creeping('scikit-learn', rule, 'tol'),
    ...(minDelta === 0 ? [use('With tol 0 a plateau would count as an improvement and never stop.')] : []),
    watchesOfNetwork(held),
    ...(restoreBestWeights === held
      ? []
      : [use(held ? 'It ends with its best weights in any case.' : 'It ends with its last weights.')]),
    ...edgesOfNetworks(rule),
  ];
  return { imports: NETWORKS, parts, notes };
}

const halved = use('For HistGradientBoostingRegressor halve tol: its loss is half the squared error.');

function boosting(rule: RuleForCode, scoring: string): Snippet {
  const { monitor, minDelta, restoreBestWeights } = rule;
  const parts = call('HistGradientBoostingClassifier', [
    ['early_stopping', 'True', false],
    ['scoring', quoted(scoring), false],
    ['n_iter_no_change', numberCode(atLeastOne(rule)), true],
    ['tol', numberCode(minDelta), true],
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
    ...(monitor === 'validation-loss' && minDelta > 0 ? [halved] : []),
    ...(restoreBestWeights ? [use('It keeps all its trees.')] : []),
    ...edgesOfTrees(rule),
  ];
  return { imports: TREES, parts, notes };
}

/** Whether it watches a score or its loss is what `early_stopping` says; a policy can name a metric that is neither. */
const ownOf =
  (estimator: string, imports: string) =>
  (policy: RulePolicy, { monitor, mode }: RuleForCode): Snippet => {
    const { early_stopping } = policy;
    const held = early_stopping === true;
    const seen = OF_NETWORKS.includes(monitor) && held === (monitor !== 'training-loss');
    if (!seen) {
      const what = held
        ? 'with early_stopping it watches the accuracy'
        : 'without early_stopping it watches its training loss';
      return no(`${what}, not the ${WORDS[monitor]}`);
    }
    if (!usual(mode, monitor)) return no(noMode(monitor));
    const parts = call(estimator, given(policy, 'early_stopping', 'n_iter_no_change', 'tol'));
    return { imports, parts, notes: [watchesOfNetwork(held)] };
  };

function ownTrees(policy: RulePolicy, { monitor, mode }: RuleForCode): Snippet {
  const { tol } = policy;
  const scoring = SCORING_OF_TREES[monitor];
  if (scoring === undefined) return no(`no estimator of it watches the ${WORDS[monitor]}`);
  if (!usual(mode, monitor)) return no(noMode(monitor));
  const training: Argument[] = monitor === 'training-loss' ? [['validation_fraction', 'None', false]] : [];
  const parts = call('HistGradientBoostingClassifier', [
    ['early_stopping', 'True', false],
    ['scoring', quoted(scoring), false],
    ...training,
    ...given(policy, 'n_iter_no_change', 'tol'),
  ]);
  const untrained = edge('It compares with the score of the untrained model too.');
  return { imports: TREES, parts, notes: [...(scoring === 'loss' && tol !== 0 ? [halved] : []), untrained] };
}

/** It watches its loss on the part that it holds out, or no stop at all. */
function ownGradientBoosting(policy: RulePolicy, { monitor, mode }: RuleForCode): Snippet {
  if (monitor !== 'validation-loss' || mode !== 'min')
    return no('GradientBoosting watches its loss on data held out, which is to shrink');
  return {
    imports: 'from sklearn.ensemble import GradientBoostingClassifier',
    parts: call('GradientBoostingClassifier', given(policy, 'n_iter_no_change', 'tol')),
    notes: [use('It holds out validation_fraction of the data.')],
  };
}

/** The form of the two that compare by tol, for so much more patience than their parameter says. */
const formOfNetworks =
  (more: number): OwnRule['form'] =>
  ({ tol }, { patience }) => {
    if (tol === null) return 'with tol None it never stops';
    if (tol === 0) return 'with tol 0 a plateau is an improvement to scikit-learn';
    const counts = { patience: patience + more };
    return Number(tol) <= LEAST_TOL ? { ...counts, minDelta: 0 } : { ...counts, minDelta: Number(tol), creeps: true };
  };

/** The regressors of scikit-learn stop alike, by a loss that is half the squared error. */
function forRegression(snippet: Snippet): Snippet {
  let halvedTol = false;
  const parts = snippet.parts.map(({ text, strong }, i) => {
    const isTol = /\btol=\s*$/.test(snippet.parts[i - 1]?.text ?? '') && Number(text) > LEAST_TOL;
    halvedTol ||= isTol;
    return { text: isTol ? numberCode(Number(text) / 2) : regressor(text), strong };
  });
  const notes = snippet.notes.filter((note) => note !== halved);
  const half = use('The loss of scikit-learn is half the squared error: tol is half of what the page compares.');
  return { ...snippet, imports: regressor(snippet.imports), parts, notes: halvedTol ? [...notes, half] : notes };
}

export const sklearn: Writer = {
  label: 'scikit-learn',
  write,
  creeps: true,
  own: {
    'sklearn-mlp': { write: ownOf('MLPClassifier', NETWORKS), form: formOfNetworks(1), edges: edgesOfNetworks },
    'sklearn-sgd': { write: ownOf('SGDClassifier', LINEAR), form: formOfNetworks(0), edges: edgesOfNetworks },
    'sklearn-gradient-boosting': { write: ownGradientBoosting },
    'sklearn-hist-gradient-boosting': {
      write: ownTrees,
      form: ({ tol }) =>
        Number(tol) > 0 ? 'it does not compare with the value of n_iter_no_change iterations ago' : { minDelta: 0 },
      edges: edgesOfTrees,
    },
  },
  several: null,
  regression: forRegression,
  epochs: (n) => `max_iter=${n} of the estimator`,
};
