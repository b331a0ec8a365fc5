/** @file English: the lesson "And on your own job?". */
import type { Catalogue } from '../message.ts';

export default {
  question: 'And on your own job?',
  finding:
    'Network B is right on {validationB} of its validation points, A on {validationA}; on fresh ones B on {testB}, A on {testA}.',
  'experiment.a': 'A',
  'experiment.b': 'B',
  'experiment.c': 'A, clean labels',

  'ask.1':
    'Tumours, benign or not, from {columns} measurements. One label in five is wrong, as labels are. Two teams train {networks} networks each, with patience {patience} and at most {epochs} epochs.',
  'ask.2': 'They look at {points} points that were set apart for [validation](validation). Whom do you believe?',

  'predict.1': 'Both are trained, and this is what their reports say. You have to ship one of the two.',
  'predict.choice': 'Which one do you ship?',
  'option.a': 'A',
  'option.b': 'B',
  'figure.cards': 'Two reports',
  'row.validation-accuracy': 'validation accuracy',
  'row.validation-loss': 'validation loss',
  'row.stopped': 'stopped by the rule',
  'row.test-accuracy': 'accuracy on fresh points',
  'row.error': 'error on fresh points',
  'value.stopped': '{fired} of {networks}, at {epoch}',
  'value.never': 'none of {networks}',
  'value.is': '{value}',

  'train.1':
    'Now both meet points that nobody has used, with right labels. And team A trains once more, its own labels put right.',

  'observe.question': 'Look at the curves of B. Training and validation',
  'observe.together': 'lie on each other',
  'observe.apart': 'part: validation stays above',
  'observe.below': 'part: validation runs below',

  reveal: 'You ship **{you}**: error **{error}** on fresh points, **{cost}** more than {best}.',
  'reveal.best': 'You ship **{you}**: error **{error}** on fresh points. The other one has {cost} more.',
  'reveal.none': 'You made no prediction. **{best}** is better on fresh points, by **{cost}**.',
  summary: 'your choice cost {cost}',

  'see.1':
    'B has trained on its own [validation](validation) points: it learned their wrong labels by heart, and its ruler measures how well. No rule can stop that.',
  'see.2':
    'A looks worse than it is, since its ruler’s labels are wrong too. With right labels it reaches {clean}, and going on costs {cost} instead of {noisy}.',

  'try.1': 'Leak some validation points into the training of A, or put labels right, and train again.',
  'task.leak': 'Find the most leakage at which all {networks} networks are still stopped: {least} or more.',
  'task.leak.status': 'leakage {leakage}: {fired} of {networks} stopped, error {error}',
  'task.labels': 'Find label noise at which going on to the end costs at most {limit}.',
  'task.labels.status': 'label noise {noise}: going on costs {cost}',

  'transfer.question':
    'Fuel consumption of cars. All validation points are put into the training set, whose size stays the same. How does the error on fresh points change?',
  'transfer.experiment': '{leakage} leaked',
  'transfer.worse': 'it grows by a tenth or more',
  'transfer.same': 'by less than a tenth',
  'transfer.better': 'it shrinks by a tenth or more',
  'transfer.because':
    'It changes by {cost}, of {error}, while the validation loss falls to {promise}. The leak is a lie about the network before it is a harm to it.',
} as const satisfies Catalogue;
