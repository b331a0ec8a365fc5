/** @file The rule as `xgboost.callback.EarlyStopping`: see ../rules/xgboost.ts. */
import type { Monitor } from '../../engine/experiment/experiment.ts';
import { atLeastOne, edge, noBaseline, noStart, patienceZero, rounding, use, WORDS } from './notes.ts';
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

const imports = 'from xgboost.callback import EarlyStopping';
const watches = (monitor: Monitor) =>
  use(`It watches the last metric of the last data in evals: let that be your ${WORDS[monitor]}.`);
const predicts = use('XGBClassifier and XGBRegressor predict with the best round in any case.');

function write(rule: RuleForCode): Snippet {
  const { monitor, mode, modeChosen, minDelta, restoreBestWeights } = rule;
  const parts = call('EarlyStopping', [
    ['rounds', numberCode(atLeastOne(rule)), true],
    ['maximize', truth(mode === 'max'), modeChosen],
    ['save_best', truth(restoreBestWeights), true],
    ['min_delta', numberCode(minDelta), true],
  ]);
  const notes: Note[] = [
    ...noStart('XGBoost', rule, 'round'),
    ...noBaseline('XGBoost', rule),
    ...patienceZero(rule, 'XGBoost stops after its first round'),
    watches(monitor),
    ...(restoreBestWeights ? [] : [predicts]),
    ...edges(rule),
  ];
  return { imports, parts, notes, metric: monitor };
}

const edges = (rule: RuleForCode): Note[] => [
  edge('XGBoost compares a custom_metric with six decimals.'),
  edge('A first round without the value aborts a run of XGBoost, a later one counts as no improvement.'),
  ...rounding('XGBoost', rule, 'min_delta'),
];

const own: OwnRule = {
  write(policy, { monitor, mode, modeChosen }) {
    const { save_best, custom_metric } = policy;
    const grow: Argument = ['maximize', truth(mode === 'max'), modeChosen];
    const parts = call('EarlyStopping', [...given(policy, 'rounds'), grow, ...given(policy, 'save_best', 'min_delta')]);
    const custom = use('Give train your metric as custom_metric: it is compared with six decimals.');
    const notes = [watches(monitor), ...(custom_metric ? [custom] : []), ...(save_best ? [] : [predicts])];
    return { imports, parts, notes, metric: monitor };
  },
  form: (_, { patience }) => (patience === 0 ? 'with rounds 0 XGBoost stops after its first round' : {}),
  edges,
};

export const xgboost: Writer = {
  label: 'XGBoost',
  write,
  own: { xgboost: own },
  several: {
    as: 'list',
    metrics: 'one',
    weights: 'The best round, of which save_best keeps the model, is the last that any rule of the list noted.',
  },
  epochs: (n) => `num_boost_round=${n} of train`,
};
