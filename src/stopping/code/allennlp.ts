/** @file The rule as settings of AllenNLP's trainer, in Jsonnet: see ../rules/allennlp.ts. */
import type { Monitor } from '../../engine/experiment/experiment.ts';
import { atLeastOne, edge, firstValue, noBaseline, noMargin, noStart, patienceZero, prefixed, use } from './notes.ts';
import { yourOwn } from './notes.ts';
import { plain } from './snippet.ts';
import type { Note, OwnRule, RuleForCode, Snippet, Writer } from './snippet.ts';

const NAMES = {
  'validation-loss': 'loss',
  'training-loss': 'training_loss',
  'validation-accuracy': 'accuracy',
  ...prefixed(''),
} satisfies Record<Monitor, string>;

const snippet = ({ monitor, mode }: RuleForCode, patience: number, notes: Note[]): Snippet => ({
  imports: '// In the configuration of the training.',
  parts: [
    plain('trainer: {\n  patience: '),
    { text: String(patience), strong: true },
    plain(`,\n  validation_metric: "${mode === 'min' ? '-' : '+'}${NAMES[monitor]}",\n}`),
  ],
  notes,
});

const edges = (): Note[] => [
  edge('An epoch without the value aborts a run of AllenNLP.'),
  firstValue('AllenNLP'),
  edge('AllenNLP compares in float64, Keras in float32.'),
];

function write(rule: RuleForCode): Snippet {
  return snippet(rule, atLeastOne(rule), [
    ...noStart('AllenNLP', rule),
    ...noBaseline('AllenNLP', rule),
    ...noMargin('AllenNLP', rule),
    ...patienceZero(rule, 'it is refused'),
    ...(rule.monitor === 'training-loss'
      ? [use('It watches metrics of the validation: report the training loss there.')]
      : []),
    ...(rule.restoreBestWeights ? [] : [use('It ends with its best weights in any case.')]),
    ...yourOwn('AllenNLP', rule, NAMES[rule.monitor]),
    ...edges(),
  ]);
}

const own: OwnRule = {
  write: (policy, form) => snippet(form, Number(policy.patience), yourOwn('AllenNLP', form, NAMES[form.monitor])),
  form: () => ({}),
  edges,
};

export const allennlp: Writer = {
  label: 'AllenNLP',
  write,
  own: { allennlp: own },
  several: null,
  epochs: (n) => `num_epochs: ${n} of trainer`,
};
