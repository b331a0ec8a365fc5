/** @file English: the lesson "How far can you trust the ruler?". */
import type { Catalogue } from '../message.ts';

export default {
  question: 'How far can you trust the ruler?',
  finding:
    '{points} validation points promise {promise}, and the networks kept are worth {truth}; {impossible} of {networks} promises are impossible.',
  'experiment.points': '{points} points',
  'experiment.one': 'one network, {rulers} rulers',

  'ask.1':
    'A rule reads off one number: the error on the [validation](validation) points. They are a ruler, and how many there are is a matter of cost.',
  'ask.2':
    'The lowest error that it reads is what gets reported. Call it the promise, and the error of that network on all new points the truth.',

  'predict.1':
    'The same {networks} networks are measured with {few}, {some} and {many} points each. No network can get below {floor}: that is the noise.',
  'predict.number': 'What do {few} points promise, on average?',
  'figure.promise': 'Promise and truth',
  'bar.promise': 'promise',
  'bar.truth': 'truth',
  'group.points': '{points} points',
  'figure.kept': 'Epochs kept of one network',

  'train.1':
    'Three trainings of {networks} networks that differ in the ruler alone. Then one network, watched by {rulers} rulers of {few} points.',

  'observe.question': 'As the ruler gets smaller',
  'observe.worse': 'promise and truth both get worse',
  'observe.apart': 'the promise gets better, the truth worse',
  'observe.same': 'neither changes',

  reveal:
    'You said **{you}**. {few} points promise **{promise}**; the truth is **{truth}**. {impossible} of {networks} promises are below what is possible.',
  'reveal.none':
    'You made no prediction. {few} points promise **{promise}**; the truth is **{truth}**. {impossible} of {networks} promises are below what is possible.',

  'see.1':
    'The lowest of many noisy readings is low by luck. With {few} points it is {low} below the truth of the same epoch, with {many} only {lowMany}.',
  'see.2':
    'The luck also chooses the epoch: the networks kept by {few} points are worse by {cost}. [One network](run:4), {rulers} rulers: kept epochs from {from} to {to}.',

  'try.1': 'Choose the number of validation points, and train again. Or look at one of the {rulers} rulers.',
  'task.points': 'Find at most {most} validation points whose promise is within {limit} of the truth.',
  'task.points.status': '{points} points: promise minus truth {gap}',
  'task.lucky': 'Of the {rulers} rulers on one network, find one whose promise is impossible.',
  'task.lucky.status': 'ruler {replica}: promise {promise}, noise {floor}',

  'transfer.question':
    'Two overlapping clouds. From {few} validation points to {many}: how does the lowest log loss that is reported change?',
  'transfer.experiment': 'clouds, {points} points',
  'transfer.lower': 'it falls by a tenth or more',
  'transfer.same': 'by less than a tenth',
  'transfer.higher': 'it rises by a tenth or more',
  'transfer.because':
    'From {promise} to {promiseMany}. A ruler that is long enough already has little luck left to lose.',
} as const satisfies Catalogue;
