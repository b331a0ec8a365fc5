/** @file The rule as `xgboost.callback.EarlyStopping`: see ../rules/xgboost.ts. */
import type { Monitor, RulePolicy } from '../../engine/experiment/experiment.ts';
import { modeOf } from './common.ts';
import { EDGES } from './edges.ts';
import { atLeastOne, noBaseline, noStart, patienceZero, use, WORDS } from './notes.ts';
import {
  call,
  given,
  number,
  truth,
  type RuleForCode,
  type Argument,
  type Note,
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
    ['rounds', number(atLeastOne(rule)), true],
    ['maximize', truth(mode === 'max'), modeChosen],
    ['save_best', truth(restoreBestWeights), true],
    ['min_delta', number(minDelta), true],
  ]);
  const notes: Note[] = [
    ...noStart('XGBoost', rule, 'round'),
    ...noBaseline('XGBoost', rule),
    ...patienceZero(rule, 'XGBoost stops after its first round'),
    watches(monitor),
    ...(restoreBestWeights ? [] : [predicts]),
    ...EDGES.xgboost(rule),
  ];
  return { imports, parts, notes, metric: monitor };
}

/** Its auto lets any of these metrics shrink. */
function own(policy: RulePolicy): Snippet {
  const { monitor, maximize, save_best, custom_metric } = policy;
  const grow: Argument = ['maximize', truth(modeOf(maximize, 'validation-loss').mode === 'max'), maximize !== 'auto'];
  const parts = call('EarlyStopping', [...given(policy, 'rounds'), grow, ...given(policy, 'save_best', 'min_delta')]);
  const custom = use('Give train your metric as custom_metric: it is compared with six decimals.');
  const notes = [watches(monitor), ...(custom_metric ? [custom] : []), ...(save_best ? [] : [predicts])];
  return { imports, parts, notes, metric: monitor };
}

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
