/** @file English: the lesson "Are these the same five epochs?". */
import type { Catalogue } from '../message.ts';

export default {
  question: 'Are these the same five epochs?',
  finding:
    'With patience {epochs} the full batch is worst, {full} against {small}; with patience {updates} it is best, {fullUpdates}.',
  'experiment.batch': 'batch {batch}',
  'experiment.full': 'full batch',

  'ask.1':
    'An epoch shows every point once. In batches of 1 the {points} points make {points} updates, in batches of 4 {few}, all at once a single one.',
  'ask.2': 'The three are to be compared fairly: same data, same network, same optimizer, same rule.',

  'predict.1': 'The rule: patience {patience} epochs, best weights kept. {networks} networks of each kind.',
  'predict.best': 'Which one has the least error when it is stopped?',

  'train.1': 'Three trainings, one after the other. The dots are where each stops on average.',
  'figure.axis': 'Test error by {axis}',
  'bars.epochs': 'patience {n} epochs',
  'bars.updates': 'patience {n} updates',
  'dot.stop': 'mean stop, {n}',

  'observe.question': 'When the full batch was stopped, its error was',
  'observe.falling': 'still falling',
  'observe.level': 'level',
  'observe.rising': 'rising again',

  reveal:
    'You chose **{you}**: error **{error}**, **{cost}** above the best, {best}. Counted in updates, {bestUpdates} is best.',
  'reveal.best': 'You chose **{you}**, the best of the three. Counted in updates, {bestUpdates} is best.',
  'reveal.none': 'You made no prediction. By epochs **{best}** is best, by updates **{bestUpdates}**.',
  summary: 'your batch cost {cost}',

  'see.1':
    'Patience {patience} epochs are {many} updates for batch 1 and {patience} for the full batch. That one stops after {steps} updates, before learning began.',
  'see.2':
    'Given patience {updates} updates it wins, with {error}. But equal updates are not equal work: it meets {examples} examples, batch 1 only {few}.',

  'try.1': 'Switch the axis, choose a run, and give it the patience that it needs.',
  'task.patience': 'Give the full batch a patience in epochs with which its error is at most {limit}.',
  'task.patience.status': '{batch}, patience {patience}: error {error}',
  'task.axis': 'Find the axis on which the full batch is ahead of batch 1 wherever both were recorded.',
  'task.axis.status': 'by {axis}',

  'transfer.question':
    'Two overlapping clouds, {points} points, patience {patience} epochs. How much larger is the error of the full batch than that of batches of {batch}?',
  'transfer.experiment': 'clouds, {batch}',
  'transfer.much': 'by a quarter or more, as here',
  'transfer.some': 'by a tenth or so',
  'transfer.nothing': 'no difference that can be told',
  'transfer.because':
    'By {cost}, of {error}. Where even a few updates do most of the work, it matters little in which unit the rule waits.',
} as const satisfies Catalogue;
