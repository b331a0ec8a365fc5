/** @file English: the lesson "What is it worth?". */
import type { Catalogue } from '../message.ts';

export default {
  question: 'What is it worth?',
  finding: 'For {cheap} the small network of {small} units a layer is best, for {dear} the one of {large}.',
  'experiment.width': '{width} units',

  'ask.1':
    'Training costs arithmetic: an epoch of a network with two layers of {large} units takes {times} times the operations of one with {small}. You have a budget, and three sizes to choose from: {list}.',
  'ask.2': 'The task: two [spirals](points), {points} points for each network, {networks} networks of each size.',

  'predict.1': 'All three train with the same optimizer, as long as the budget lasts. Fewer units, more epochs.',
  'predict.cheap': 'Which size is best for {budget}?',
  'predict.dear': 'And for {budget}?',
  'option.width': '{width} units a layer',

  'train.1':
    'Error against operations spent, on a logarithmic axis. Three trainings, one after the other, each on the same points.',
  'figure.flops': 'Error by compute',
  'flag.budget': '{budget}',
  'line.envelope': 'the best there is',

  'observe.question': 'With the second half of its compute, the error of the smallest network',
  'observe.falls': 'goes on falling',
  'observe.level': 'stays level',
  'observe.rises': 'rises again',

  reveal: 'For {budget} you chose **{you}**: **{cost}** above the best, {best}.',
  'reveal.best': 'For {budget} you chose **{you}**, the best of the three.',
  'reveal.level': 'For {budget} you chose **{you}**, which **cannot be told apart** from the best, {best} ({cost}).',
  'reveal.none': 'You made no prediction. For {cheap} the best is **{best}**, for {dear} **{bestDear}**.',
  summary: 'your size cost {cost}',

  'see.1':
    'A large network learns more from each epoch and can afford few. For each budget there is one size on the lower envelope: compute-optimal.',
  'see.2':
    'The small one is overtrained: from its best, [epoch {epoch}](epoch:{epoch}), on it loses {cost}. Stopped there it would have cost {part} of what was spent.',

  'try.1': 'Look at one network size at a time, and walk along its curve.',
  'task.middle': 'Which size is best for {budget}, or cannot be told apart from it?',
  'task.middle.status': '{width} units at {budget}: {cost} against the best',
  'task.stop': 'Find an epoch at which the smallest network is as good as at its best.',
  'task.stop.status': '{width} units, epoch {epoch}: {spent}, error {error}',
  'task.stop.none': '{width} units, no epoch chosen',

  'transfer.question':
    'Two overlapping clouds instead of spirals, {budget} for each network: {small} units for {many} epochs, or {large} units for {few}. Which is better?',
  'transfer.experiment': '{width} units',
  'transfer.small': 'the small network, as here',
  'transfer.large': 'the large network',
  'transfer.level': 'no difference that can be told',
  'transfer.because':
    'Large minus small is {cost}, of {error}. Where a few epochs teach all there is, the many epochs of the small one buy nothing.',
} as const satisfies Catalogue;
