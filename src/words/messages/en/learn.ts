/** @file English: the door Learn and the frame of its lessons; what the lessons themselves say is in their own files. */
import type { Catalogue } from '../message.ts';

export default {
  // Addresses
  'address.no-lesson': 'The address names the lesson "{name}", which there is not. Choose one of these.',
  'address.no-step': 'The address names the step "{name}", which a lesson does not have. This is its first.',
  'address.refused': 'The address says "{field}": {remedy}.',
  'address.draw': 'draw must be a whole number up to {most}, or each',
  'address.hide': 'hide takes {known}',
  'address.no-value': '{field} takes no value',
  'address.language': 'language takes {known}',
  'address.unknown': 'lessons know no such option',

  // The list
  'index.lead':
    'When should a network stop learning? Short lessons, each on one question. Every line in them is computed by networks that train in your browser.',
  'index.begin': 'Begin',
  'index.begin-more': 'Lesson 1, {minutes}. No account, nothing to install.',
  'index.go-on': 'Go on with lesson {number}',
  'index.again': 'Lesson {number} again',
  'index.lessons': 'Lessons',
  'index.teachers': 'For teachers',
  'index.kept': 'Progress stays in this browser.',
  'index.figures': 'Figures: the runs of the lessons, seed {seed}.',
  'index.forget': 'Forget everything',
  'count.minutes': { by: 'n', one: '{n} minute', other: '{n} minutes' },

  // The frame
  'step.ask': 'Ask',
  'step.predict': 'Predict',
  'step.train': 'Train',
  'step.see': 'See',
  'step.try': 'Try',
  'frame.steps': 'Steps of the lesson',
  'frame.text': 'Lesson',
  'frame.figure': 'Figure',
  'frame.up': 'Lessons',
  'frame.of': 'Lesson {number} of {count}',
  'frame.step-of': '{step}, step {number} of 5.',
  'frame.number-of': '{number} of 5',
  'frame.more': 'more text',
  'frame.less': 'less text',
  'frame.loading': 'Preparing …',
  'frame.preparing': 'Preparing: {step}.',
  'frame.trouble': 'Training stopped. {why}',
  'frame.retry': 'Train again',
  'frame.diverged':
    'Every network of a run has diverged: there is nothing to compare. Go back to the settings of the lesson.',
  'frame.table': 'table',
  'frame.as-table': '{title} as a table',
  'frame.the-table': '{title}, table',

  // Buttons
  'go.predict': 'Predict',
  'go.train': 'Train',
  'go.train-without': 'Train without a prediction',
  'go.back': 'Back',
  'go.skip': 'Skip',
  'go.see': 'See what it costs',
  'go.see-plain': 'See what happened',
  'go.again': 'Train again',
  'go.try': 'Try',
  'go.after-all': 'Predict after all',
  'go.code': 'Copy my answer',
  'go.leave-projector': 'Leave projector',
  'go.workshop': 'Open this run in the workshop',
  'go.next': 'Next, {minutes}',
  'go.list': 'All lessons',

  // Predict
  'predict.start-over': 'start over',
  'predict.drawn': '{to} of {all}',
  'predict.epoch': 'epoch',
  'predict.epoch-label': 'Epoch of your flag',
  'predict.flag': 'I would stop here',
  'predict.flag-at': 'epoch {epoch}',
  'predict.from': 'from',
  'predict.to': 'to',
  'predict.draw-here': 'draw on from here',
  'predict.not-seen': 'not seen yet',
  'predict.ends-at': 'your drawing ends at {value}',
  'predict.you': 'you',
  'predict.pen': 'Pen: {ask}',
  'predict.pen-at': 'epoch {epoch}, {value}',
  'predict.pen-help':
    'Left and right move the pen by 10 epochs and draw as it goes, up and down change its height. End draws level to the last epoch, Home starts over.',
  'predict.up': 'Move {option} up',
  'predict.down': 'Move {option} down',
  'predict.order-set': 'take this order',

  // Train
  'train.now': 'Epoch **{epoch}** of {all}.',
  'train.run': 'Run {run} of {runs}, epoch **{epoch}** of {all}.',
  'train.done': 'Done.',
  'train.drawing':
    'You drew the lowest at **{yours}**, it was at **{real}**. Your drawing is off by **{off}** on average.',
  'train.times': '{networks} networks × {epochs} epochs trained in {seconds} s. The figure takes {figure}.',

  // See
  'see.wrong': 'Look again: the place is marked.',
  'see.pass': 'Go on without an answer',
  'see.none': 'It is trained first: that takes some seconds.',

  // Try
  'try.settings': 'Settings',
  'try.patience': 'patience',
  'try.min-delta': 'min delta',
  'try.restore': 'restore the best weights',
  'try.replica': 'network',
  'try.epoch': 'epoch',
  'try.run': 'run',
  'try.axis': 'count in',
  'axis.epochs': 'epochs',
  'axis.updates': 'updates',
  'axis.examples': 'examples',
  'try.before': 'previous',
  'try.after': 'next',
  'try.tasks': 'Tasks',
  'try.task-done': 'Task {number} done, {done} of {all}.',
  'try.done-mark': 'done',
  'try.training': 'Training with these settings: epoch {epoch} of {all}.',
  'transfer.title': 'And elsewhere?',
  'transfer.training': 'Training to find out …',
  'transfer.right': 'Yes.',
  'transfer.wrong': 'No: {label}.',

  // Read off figures
  'read.at': 'at {what} {where}',
  'read.sum': 'sum',

  // The answer of a reader
  'answer.copied': 'Your answer was copied: {code}',
} as const satisfies Catalogue;
