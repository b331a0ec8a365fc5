/** @file The rule as `xgboost.callback.EarlyStopping`: see ../rules/xgboost.ts. */
import { atLeastOne, edge, noBaseline, noStart, patienceZero, rounding, use, WORDS } from './notes.ts';
import { call, number, truth, type ActiveRule, type Note, type RuleCode } from './snippet.ts';

export function xgboost(rule: ActiveRule): RuleCode {
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
    use(`It watches the last metric of the last data in evals: let that be your ${WORDS[monitor]}.`),
    ...(restoreBestWeights ? [] : [use('XGBClassifier and XGBRegressor predict with the best round in any case.')]),
    edge('A custom_metric is compared with six decimals.'),
    edge('A first round without the value aborts the run, a later one counts as no improvement.'),
    ...rounding('XGBoost', rule, 'min_delta'),
  ];
  return { imports: 'from xgboost.callback import EarlyStopping', parts, notes };
}
