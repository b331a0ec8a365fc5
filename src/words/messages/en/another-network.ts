/** @file English: the lesson "Would another network stop at the same time?". */
import type { Catalogue } from '../message.ts';

export default {
  question: 'Would another network stop at the same time?',
  finding:
    '{networks} networks, one rule: the first stops at epoch {first}, the last at {last}, half of them by {median}.',
  experiment: 'patience {patience}',

  'ask.1':
    'You train one network, and your rule stops it at some epoch. A colleague has {points} other points of the same kind, other initial weights, and the same rule.',
  'ask.2':
    'Here are {networks} such colleagues. Their [validation errors](thin) after {seen} epochs: none has stopped yet.',

  'predict.1':
    'All wait with patience {patience}: they stop when {patience} epochs brought no new lowest validation error, at epoch {earliest} at the earliest, at {epochs} at the latest.',
  'predict.range': 'Draw the range in which all {networks} stops lie.',
  'predict.place':
    'An improvement can be asked to be larger than min delta. On the map of patience and min delta, mark where the error is least.',
  'strip.stops': 'stops',
  'strip.best': 'own best epochs',

  'train.1': 'Each line is one network with its own points and its own beginning. Watch where the flags fall.',

  'observe.question': 'Compare each network’s kept epoch with its own best one. Most of them keep an epoch that lies',
  'observe.before': 'before their best',
  'observe.at': 'at their best, within {margin} epochs',
  'observe.after': 'after their best',

  'reveal.range':
    'You said **{from} to {to}**. The stops lie from **{first}** to **{last}**; {inside} of {networks} are in your range.',
  'reveal.none': 'You made no prediction. The stops lie from **{first}** to **{last}**, half of them by **{median}**.',
  'reveal.place': 'Your place on the map loses **{cost}** against the least error.',
  'reveal.best': 'Your place on the map is the best there is.',
  summary: 'your range was {miss} epochs off at its ends',

  'see.1':
    'Same law, same rule, other points: one stop says little about the next. [Network {early}](replica:{early}) stops at {first}, though its own best comes at {own}.',
  'see.2':
    'Min delta is an amount of loss. From {noise} on, the noise of a target, it outweighs whatever is left to learn: at {large} the error is {worse}, not {least}.',

  'try.1': 'Move patience and min delta together, and follow single networks.',
  'task.delta': 'At patience {patience}, find the largest min delta of the slider that costs at most {limit}.',
  'task.delta.status': 'patience {patience}, min delta {delta}: {cost} against min delta 0',
  'task.early':
    'At patience {patience} and min delta 0, find a network stopped before epoch {before} whose own best lies after {after}.',
  'task.early.status': 'network {replica}: stops at {stop}, its own best is {own}',

  'transfer.question':
    'Tumour data with wrong labels, {points} points, patience {patience}. How many epochs lie between the first stop of {networks} networks and the last?',
  'transfer.experiment': 'tumours',
  'transfer.few': 'fewer than 20',
  'transfer.some': '20 to 100',
  'transfer.many': 'more than 100, as here',
  'transfer.because':
    'They stop from epoch {first} to {last}. Where every network learns the useful part in a few epochs and then gets worse, their stops lie close.',
} as const satisfies Catalogue;
