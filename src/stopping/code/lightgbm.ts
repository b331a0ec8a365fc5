/** @file The rule as `lightgbm.early_stopping`: see ../rules/lightgbm.ts. */
import { grows } from '../monitors.ts';
import { atLeastOne, edge, noBaseline, noStart, OTHER_NAMES, patienceZero, rounding, use, WORDS } from './notes.ts';
import { call, number, truth, type ActiveRule, type Note, type RuleCode } from './snippet.ts';

export function lightgbm(rule: ActiveRule): RuleCode {
  const { monitor, mode, minDelta, restoreBestWeights } = rule;
  const parts = call('early_stopping', [
    ['stopping_rounds', number(atLeastOne(rule)), true],
    ['first_metric_only', 'True', false],
    ['min_delta', number(minDelta), true],
  ]);
  const usual = !(monitor in OTHER_NAMES) && mode === (grows(monitor) ? 'max' : 'min');
  const notes: Note[] = [
    ...noStart('LightGBM', rule, 'round'),
    ...noBaseline('LightGBM', rule),
    ...patienceZero(rule, 'LightGBM does not stop at all'),
    use(`It watches the first metric on valid_sets: let that be your ${WORDS[monitor]}.`),
    ...(monitor === 'training-loss' ? [use('It leaves the training set out: give it a copy of that.')] : []),
    ...(usual ? [] : [use(`It has no mode: your feval returns is_higher_better=${truth(mode === 'max')}.`)]),
    ...(restoreBestWeights ? [] : [use('It predicts with its best round in any case.')]),
    edge('A first round without the value aborts the run; a later one counts as no improvement, but does not stop it.'),
    ...rounding('LightGBM', rule, 'min_delta'),
  ];
  return { imports: 'from lightgbm import early_stopping', parts, notes };
}
