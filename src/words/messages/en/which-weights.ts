/** @file English: the lesson "Which weights do you keep?". */
import type { Catalogue } from '../message.ts';

export default {
  question: 'Which weights do you keep?',
  finding:
    'Stopped by patience {patience}, the network in hand has an error of {last}; {patience} epochs earlier it was {best}.',
  experiment: 'patience {patience}',

  'ask.1':
    'A rule with patience {patience} stops when {patience} epochs in a row brought no new lowest [validation error](validation). Then two networks can be had: the one in hand, and the one of the best epoch, if its weights were kept.',
  'ask.2': 'Most libraries hand you the first, unless you ask.',

  'predict.1':
    'The {networks} networks after at most {seen} epochs, stopped by patience {patience}. With the best weights restored, their error on new points is {best}.',
  'predict.number': 'What is it with the weights in hand at the stop?',
  'bar.best': 'best weights',
  'bar.last': 'weights in hand',
  'bars.rule': 'patience {patience}',

  'train.1':
    'Training goes on past every stop, so that each patience can be replayed. Thin lines: the [validation error](thin) of each network.',

  'observe.question': 'As patience grows, the gap between the two lines',
  'observe.shrinks': 'shrinks',
  'observe.stays': 'stays where it is',
  'observe.grows': 'grows',

  reveal:
    'You said **{you}**. In hand is **{last}**, and {patience} epochs earlier it was **{best}**: not going back costs **{cost}**.',
  'reveal.none':
    'You made no prediction. In hand is **{last}**, and {patience} epochs earlier it was **{best}**: not going back costs **{cost}**.',

  'see.1':
    'The stop comes after {patience} bad epochs, by construction: the weights in hand are those of a bad one. [Network {replica}](replica:{replica}) shows it.',
  'see.2':
    'With [patience {much}](patience:{much}) the difference is {little}: the last of many epochs is worse by chance, no longer by construction.',

  'try.1': 'Restore the best weights, or keep the last. Move the patience and look at single networks.',
  'task.gap': 'Find the smallest patience at which keeping the last weights costs at most {limit}.',
  'task.gap.status': 'patience {patience}: keeping the last costs {cost}',
  'task.without': 'Without restoring, do as well as patience {few} does with it.',
  'task.without.status': 'patience {patience}, {kept}: error {error}; to reach: {reach}',
  'kept.best': 'best weights',
  'kept.last': 'last weights',
  'task.luck': 'At patience {patience}, find a network that is better with its last weights.',
  'task.luck.status': 'network {replica}, patience {patience}: last {last}, best {best}',

  'transfer.question':
    'Two overlapping clouds, {points} points, patience {patience}. By how much is the error larger with the weights in hand than with the best ones?',
  'transfer.experiment': 'two clouds',
  'transfer.much': 'by a third or more, as here',
  'transfer.some': 'by a few hundredths of it',
  'transfer.smaller': 'it is smaller',
  'transfer.because':
    'By {cost}, with an error of {error}. Where the curve is flat after its lowest, the bad epochs are hardly worse than the good ones.',
} as const satisfies Catalogue;
