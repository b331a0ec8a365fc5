/** @file English: the lesson "When is patience fooled?". */
import type { Catalogue } from '../message.ts';

export default {
  question: 'When is patience fooled?',
  finding: 'Patience {patience} gives up at epoch {stop}, no better than a coin; the best comes at epoch {best}.',
  'experiment.plateau': 'plateau',
  'experiment.drop': 'rate drop',
  'experiment.descent': 'double descent',

  'ask.1':
    'A validation error that does not fall for a while can mean three things: it is over, it will rise, or nothing has begun yet.',
  'ask.2':
    'Two classes in a chessboard of four fields, {networks} networks, {points} points for each, small initial weights.',

  'predict.1':
    'The run is paused at epoch {seen} of {epochs}. The [validation error](validation) lies above that of a coin, and has not fallen since the beginning.',
  'predict.choice': 'Stop, or go on?',
  'predict.flag': 'If it goes on: put the flag on the best epoch.',
  'option.stop': 'stop',
  'option.go': 'go on',

  'train.1':
    'Three trainings: this one; one whose rate drops in the middle; and a linear network, by plain gradient descent with momentum.',

  'observe.question': 'After the pause the mean validation error',
  'observe.falls': 'fell below all before',
  'observe.level': 'stayed where it was',
  'observe.rises': 'only rose',

  'reveal.choice':
    'You said **{you}**. Stopped at {seen}, the error stays **{cost}** above the best, epoch **{best}**.',
  'reveal.none':
    'You made no prediction. Stopped at {seen}, the error stays **{cost}** above the best, epoch **{best}**.',
  summary: 'your choice cost {cost}',

  'see.1':
    'Symmetric weights have to part before anything is learned: [patience {few}](patience:{few}) costs {cost}. When the rate drops, waiting {few} epochs costs {dropCost} against the end.',
  'see.2':
    'The linear network’s test error falls, rises to {peak} at {peakEpoch}, and falls below its first lowest, though its training error falls all the time: double descent.',

  'try.1': 'Find the patience that is not fooled.',
  'task.plateau': 'On the plateau, find a patience of at most {most} with an error of at most {limit}.',
  'task.drop': 'With the rate drop, find a patience with an error of at most {limit}.',
  'task.status': '{name}, patience {patience}: error {error}',

  'transfer.question':
    'A noisy sine, {epochs} epochs in small batches; a cosine schedule takes the rate to zero at the end. Stop with patience {patience}, or train to the end?',
  'transfer.experiment': 'cosine',
  'transfer.stop': 'stop: going on costs',
  'transfer.end': 'train to the end: it is better',
  'transfer.level': 'no difference that can be told',
  'transfer.because':
    'Going on to the end changes the error by {cost}, of {error}. A schedule that ends takes the place of a stop.',
} as const satisfies Catalogue;
