/**
 * @file The rule as `EarlyStopping` of PyTorch Lightning (see ../rules/lightning.ts) and, to restore the best weights, a
 * checkpoint to load afterwards.
 */
import type { Monitor } from '../../engine/experiment.ts';
import { edge, firstValue, missing, noBaseline, noStart, prefixed, use } from './notes.ts';
import { call, number, plain, quoted, type ActiveRule, type Argument, type Note, type RuleCode } from './snippet.ts';

/** Lightning has no names of its own: these are the ones its documentation logs under. */
const NAMES = {
  'validation-loss': 'val_loss',
  'training-loss': 'train_loss',
  'validation-accuracy': 'val_acc',
  ...prefixed('val_'),
} satisfies Record<Monitor, string>;

export function lightning(rule: ActiveRule): RuleCode {
  const { monitor, mode, modeChosen, patience, minDelta, restoreBestWeights } = rule;
  const metric: Argument[] = [
    ['monitor', quoted(NAMES[monitor]), false],
    ['mode', quoted(mode), modeChosen],
  ];
  const parts = call('EarlyStopping', [
    ...metric,
    ['patience', number(patience), true],
    ['min_delta', number(minDelta), true],
    ['check_finite', 'False', false],
  ]);
  if (restoreBestWeights) parts.push(plain('\n'), ...call('ModelCheckpoint', metric));
  const notes: Note[] = [
    ...noStart('Lightning', rule),
    ...noBaseline('Lightning', rule),
    ...(restoreBestWeights ? [use('Load best_model_path of the ModelCheckpoint after training.')] : []),
    ...(restoreBestWeights && minDelta > 0
      ? [use('ModelCheckpoint keeps any improvement, whatever min_delta says.')]
      : []),
    use(`Your module has to log ${NAMES[monitor]} in every epoch.`),
    missing,
    firstValue('Lightning'),
    ...(Math.fround(minDelta) === minDelta
      ? []
      : [edge('Lightning rounds min_delta to float32: an improvement by just min_delta may count in one alone.')]),
  ];
  const imports = `from lightning.pytorch.callbacks import EarlyStopping${restoreBestWeights ? ', ModelCheckpoint' : ''}`;
  return { imports, parts, notes };
}
