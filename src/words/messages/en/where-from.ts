/** @file English: the lesson "Where does the error come from?". */
import type { Catalogue } from '../message.ts';

export default {
  question: 'Where does the error come from?',
  finding:
    'Bias² and variance cross at epoch {cross}, the error is least at {best}; four times the data makes variance {times} times smaller.',
  'experiment.base': '{points} points',
  'experiment.more': '{points} points',
  'experiment.narrow': '{units} units',

  'ask.1':
    'The error on new points has three parts. The [noise](noise) nobody can foresee. The distance of the average network from the truth, [bias²](bias2). And how far the networks lie apart, each having learned from other points: [variance](variance).',
  'ask.2': 'Two of them change while the {networks} networks train.',

  'predict.1':
    'Here are the first {seen} of {epochs} epochs, with {points} points for each network. The error is the sum of both and the noise.',
  'predict.bias2': 'Draw how bias² goes on.',
  'predict.variance': 'Draw how variance goes on.',
  'predict.flag': 'Put the flag where their sum is least.',
  'figure.terms': 'Bias² and variance',
  'note.terms': 'solid {base}, then {more}, {narrow}',

  'train.1':
    'Three trainings, one after the other: {base}, {more}, and a network of {units} units. Each is taken apart at every epoch.',

  'observe.question': 'With {more}, the error is least',
  'observe.before': 'before the two curves cross',
  'observe.at': 'where they cross',
  'observe.after': 'after they cross',

  'see.1':
    'The sum is least where one falls as fast as the other grows, not where they cross: with {more} stopping at the crossing, [epoch {cross}](epoch:{cross}), costs {cost}.',
  'see.2':
    'More data lowers [variance](variance), from {varianceBase} to {varianceMore} at the end, and hardly [bias²](bias2). Only {units} units leave bias² at {biasNarrow}.',

  'try.1': 'Change the data or the network, train again, and compare the last epoch.',
  'task.halve': 'Halve the last variance without paying in bias²: at most {limit}.',
  'task.halve.status': 'variance {variance} of {half} to reach, bias² {bias2}',
  'task.cross': 'Find the last epoch at which bias² is larger than variance.',
  'task.cross.status': 'epoch {epoch}: bias² {bias2}, variance {variance}',
  'task.cross.none': 'no epoch chosen',

  'transfer.question':
    'A network of {units} units learns a chirp, which swings faster and faster, from {points} points, for {epochs} epochs. What is left of the error above the noise?',
  'transfer.experiment': 'chirp, {units} units',
  'transfer.bias2': 'mostly bias²',
  'transfer.variance': 'mostly variance, as here',
  'transfer.both': 'about as much of both',
  'transfer.because':
    'Bias² is {bias2}, variance {variance}: so few units cannot follow the truth, whatever their points are.',
} as const satisfies Catalogue;
