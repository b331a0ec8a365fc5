/** @file The rule as `EarlyStoppingCallback` of Hugging Face transformers: see ../rules/hugging-face.ts. */
import type { Monitor } from '../../engine/experiment/experiment.ts';
import {
  atLeastOne,
  creeping,
  firstValue,
  abortsOnMissing,
  noBaseline,
  patienceZero,
  prefixed,
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
  type OwnRule,
  type Snippet,
  type Writer,
} from './snippet.ts';

const NAMES = {
  'validation-loss': 'eval_loss',
  'training-loss': 'eval_train_loss',
  'validation-accuracy': 'eval_accuracy',
  ...prefixed('eval_', () => true),
} satisfies Record<Monitor, string>;

const EDGES: Note[] = [abortsOnMissing('Hugging Face'), firstValue('Hugging Face')];

type Settings = Pick<RuleForCode, 'monitor' | 'mode' | 'modeChosen' | 'startFromEpoch' | 'restoreBestWeights'>;

function snippet(rule: Settings, callback: Argument[]): Snippet {
  const { monitor, mode, modeChosen, startFromEpoch, restoreBestWeights } = rule;
  const setup = call('TrainingArguments', [
    ['eval_strategy', quoted('epoch'), false],
    ['save_strategy', quoted('epoch'), false],
    // In epochs trained: the one of index 0 is evaluated with 1 at the most.
    ...(startFromEpoch === 0 ? [] : [['eval_delay', numberCode(startFromEpoch + 1), true] satisfies Argument]),
    ['metric_for_best_model', quoted(NAMES[monitor]), false],
    ['greater_is_better', truth(mode === 'max'), modeChosen],
    ['load_best_model_at_end', truth(restoreBestWeights), true],
  ]);
  return {
    imports: 'from transformers import EarlyStoppingCallback, TrainingArguments',
    setup,
    parts: call('EarlyStoppingCallback', callback),
    notes: source(monitor),
    metric: setup.map(({ text }) => text).join(''),
  };
}

function write(rule: RuleForCode): Snippet {
  const { minDelta, startFromEpoch, restoreBestWeights } = rule;
  const written = snippet(rule, [
    ['early_stopping_patience', numberCode(atLeastOne(rule)), true],
    ['early_stopping_threshold', numberCode(minDelta), true],
  ]);
  const notes: Note[] = [
    ...creeping('Hugging Face', rule, 'the threshold'),
    ...noBaseline('Hugging Face', rule),
    ...patienceZero(rule, 'Hugging Face stops at its first evaluation'),
    ...(startFromEpoch === 0
      ? []
      : [use('eval_delay counts epochs trained: before it there is no evaluation at all.')]),
    ...(restoreBestWeights && minDelta > 0 ? [use('It loads its own best model, whatever the threshold says.')] : []),
    ...written.notes,
    ...EDGES,
  ];
  return { ...written, notes };
}

const own: OwnRule = {
  write: (policy, form) => snippet(form, given(policy, 'early_stopping_patience', 'early_stopping_threshold')),
  form: (_, { patience, minDelta }) =>
    patience === 0
      ? 'with patience 0 Hugging Face stops at its first evaluation'
      : { minDelta: Math.max(0, minDelta), creeps: minDelta > 0 },
  edges: () => EDGES,
};

/** Where the metric comes from. */
function source(monitor: Monitor): Note[] {
  if (monitor === 'validation-loss') return [];
  if (monitor === 'training-loss') return [use('Give the Trainer the training data as eval_dataset={"train": …}.')];
  const name = NAMES[monitor].slice('eval_'.length);
  return [use(`Your compute_metrics has to return the ${WORDS[monitor]} as ${name}.`)];
}

export const huggingFace: Writer = {
  label: 'Hugging Face',
  write,
  creeps: true,
  own: { 'hugging-face': own },
  several: { as: 'list', metrics: 'one' },
  epochs: (n) => `num_train_epochs=${n} of TrainingArguments`,
};
