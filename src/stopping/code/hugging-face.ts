/** @file The rule as `EarlyStoppingCallback` of Hugging Face transformers: see ../rules/hugging-face.ts. */
import type { Monitor } from '../../engine/experiment.ts';
import { atLeastOne, creeping, firstValue, missing, noBaseline, patienceZero, prefixed, use, WORDS } from './notes.ts';
import {
  call,
  number,
  plain,
  quoted,
  truth,
  type ActiveRule,
  type Argument,
  type Note,
  type RuleCode,
} from './snippet.ts';

const NAMES = {
  'validation-loss': 'eval_loss',
  'training-loss': 'eval_train_loss',
  'validation-accuracy': 'eval_accuracy',
  ...prefixed('eval_'),
} satisfies Record<Monitor, string>;

export function huggingFace(rule: ActiveRule): RuleCode {
  const { monitor, mode, modeChosen, minDelta, startFromEpoch, restoreBestWeights } = rule;
  const parts = [
    ...call('TrainingArguments', [
      ['eval_strategy', quoted('epoch'), false],
      ['save_strategy', quoted('epoch'), false],
      // In epochs trained: the one of index 0 is evaluated with 1 at the most.
      ...(startFromEpoch === 0 ? [] : [['eval_delay', number(startFromEpoch + 1), true] satisfies Argument]),
      ['metric_for_best_model', quoted(NAMES[monitor]), false],
      ['greater_is_better', truth(mode === 'max'), modeChosen],
      ['load_best_model_at_end', truth(restoreBestWeights), true],
    ]),
    plain('\n'),
    ...call('EarlyStoppingCallback', [
      ['early_stopping_patience', number(atLeastOne(rule)), true],
      ['early_stopping_threshold', number(minDelta), true],
    ]),
  ];
  const notes: Note[] = [
    ...creeping('Hugging Face', rule, 'the threshold'),
    ...noBaseline('Hugging Face', rule),
    ...patienceZero(rule, 'Hugging Face stops at its first evaluation'),
    ...(startFromEpoch === 0
      ? []
      : [use('eval_delay counts epochs trained: before it there is no evaluation at all.')]),
    ...(restoreBestWeights && minDelta > 0 ? [use('It loads its own best model, whatever the threshold says.')] : []),
    ...source(rule, NAMES[monitor]),
    missing,
    firstValue('Hugging Face'),
  ];
  return { imports: 'from transformers import EarlyStoppingCallback, TrainingArguments', parts, notes };
}

/** Where the metric comes from. */
function source({ monitor }: ActiveRule, name: string): Note[] {
  if (monitor === 'validation-loss') return [];
  if (monitor === 'training-loss') return [use('Give the Trainer the training data as eval_dataset={"train": …}.')];
  return [use(`Your compute_metrics has to return the ${WORDS[monitor]} as ${name.slice('eval_'.length)}.`)];
}
