/** @file English: the lesson "How much patience?". */
import type { Catalogue } from '../message.ts';

export default {
  question: 'How much patience?',
  finding:
    'Patience {few} stops {false} of {networks} networks too soon and costs {cost}; from {enough} on, only the bill grows.',
  experiment: 'batches of {batch}',

  'ask.1':
    'A rule cannot see the future. It waits: after so many epochs without a new lowest validation error it stops, and keeps the best weights. That number is its patience.',
  'ask.2':
    'With batches of {batch} points the [validation error](validation) goes up and down. A stop is false if waiting on would have found a lower one.',

  'predict.1':
    'Patience costs time. Say {unit} more epochs are worth an error of {price}, no more. On average over {networks} networks:',
  'predict.number': 'Which patience is the best bargain?',

  'train.1':
    'One training of {epochs} epochs is enough: every patience is replayed on it. Each thin line is the [validation error](thin) of one network.',

  'observe.question': 'With patience {patience}, how many of the stops were false?',
  'observe.few': 'fewer than a third',
  'observe.half': 'about half',
  'observe.most': 'more than two thirds',

  reveal:
    'You said **{you}**: error **{error}** after {epochs} epochs. At this price **{best}** is the best bargain. Yours costs **{cost}** more.',
  'reveal.level':
    'You said **{you}**: error **{error}** after {epochs} epochs. The best bargain, **{best}**, **cannot be told apart** from it ({cost}).',
  'reveal.exact':
    'You said **{you}**: error **{error}** after {epochs} epochs. At this price there is **no better bargain**.',
  'reveal.none':
    'You made no prediction. At this price **{best}** is the best bargain: error {error} after {epochs} epochs.',
  summary: 'your patience cost {cost}',

  'see.1':
    'The bumps of small batches end {false} of {networks} runs at [patience {few}](patience:{few}) too soon, after {epochs} epochs, at a cost of {cost}.',
  'see.2':
    'At [patience {enough}](patience:{enough}) still {still} stops are false, and cost {loss}: a false stop is not yet a loss. [Patience {much}](patience:{much}) takes {times} times the epochs.',

  'try.1': 'Now you hold the rule. Move the patience, and follow one network at a time.',
  'task.smallest': 'Find the smallest patience that loses at most {limit} against patience {most}.',
  'task.smallest.status': 'patience {patience}: {cost} against patience {most}',
  'task.harmless': 'At patience {patience}, find a network whose stop is false, and that loses nothing by it.',
  'task.harmless.status': 'network {replica}, patience {patience}: {verdict}, {cost} against patience {most}',
  'verdict.false': 'a false stop',
  'verdict.right': 'no false stop',

  'transfer.question':
    'Two overlapping clouds, {points} points of each network: many stops of patience {few} are false here too. What does it lose against patience {enough}?',
  'transfer.experiment': 'two clouds',
  'transfer.much': 'a tenth of the error or more',
  'transfer.some': 'a few hundredths of the error',
  'transfer.nothing': 'nothing that can be told',
  'transfer.because':
    'It loses {cost}, with an error of {error}. Whether a false stop costs anything depends on what was still to come.',
} as const satisfies Catalogue;
