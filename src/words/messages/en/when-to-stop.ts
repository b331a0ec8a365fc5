/** @file English: the lesson "When would you have stopped?". */
import type { Catalogue } from '../message.ts';

export default {
  question: 'When would you have stopped?',
  finding:
    'The best stop is epoch {best} of {epochs}; going on to the end costs {cost}, and {worse} of {networks} networks end worse.',
  experiment: '{points} noisy points',

  'ask.1':
    'A network learns a [curve](truth) from [{points} noisy points](points). Each pass over them, an epoch, fits them better. At some epoch it begins to fit their noise, and gets worse on points it has never seen.',
  'ask.2': 'Which epoch is that? We train {networks} networks at once, each on {points} points of its own, and look.',

  'predict.1':
    'The first {seen} of {epochs} epochs, mean of {networks} networks. The [training error](train) will go on falling: that is what training does. The [validation error](validation) is measured on {points} other points. Before you see it:',
  'predict.draw': 'Draw how validation goes on.',
  'predict.flag': 'Put the flag where you would stop.',

  'train.1':
    'Each thin line is the [validation error](thin) of one network; the thick ones are means. You keep your [drawing](drawing).',

  'observe.question': 'Where did the mean validation error turn from falling to rising?',
  'see.1':
    'The [training error](train) goes on falling to {train}, below the [noise](noise) of {noise} that nobody can foresee: the rest is noise learned by heart.',
  'see.2':
    'Left of the best [bias²](bias2) falls, right of it [variance](variance) grows. Only [epochs {from} to {to}](epochs:{from}-{to}) cannot be told apart from [epoch {best}](epoch:{best}).',

  'try.1':
    'Does training on always hurt? Change the data of all {networks} networks, and train again. Or walk along the curves, epoch by epoch.',
  'task.heart': 'Find the first epoch at which the training error lies below the noise.',
  'task.heart.status': 'epoch {epoch}: training error {train}, noise {noise}',
  'task.heart.none': 'no epoch chosen',
  'task.data': 'Change only the training points until going on to the end costs at most {limit}.',
  'task.noise': 'Change only the noise until the best stop lies in the last quarter.',
  'task.none': 'nothing else trained yet',
  'task.data.status': '{points} training points: going on costs {cost}',
  'task.noise.status': 'noise {noise}: the best stop is epoch {best} of {epochs}',

  'transfer.question':
    'The same network on a cubic, {points} points, little noise. Instead of stopping at the best epoch you train all {epochs}. What does that cost?',
  'transfer.experiment': 'cubic',
  'transfer.much': 'a good part of the error, as here',
  'transfer.some': 'about a tenth of the error',
  'transfer.little': 'hardly anything',
  'transfer.because':
    'It costs {cost}, with an error of {error}. Where there is little noise to learn by heart, there is little to lose.',
} as const satisfies Catalogue;
