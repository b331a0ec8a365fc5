/** @file English: what several lessons say. */
import type { Catalogue } from '../message.ts';

export default {
  // Axes and titles of figures
  'axis.epochs': 'epochs',
  'axis.error': 'test error',
  'axis.loss': 'squared error',
  'axis.log-loss': 'log loss',
  'axis.networks': 'networks',
  'axis.patience': 'patience',
  'axis.share': 'share of all',
  'axis.updates': 'updates',
  'axis.examples': 'examples',
  'axis.flops': 'training FLOPs',
  'axis.min-delta': 'min delta',
  'axis.input': 'x',
  'axis.target': 'y',
  'figure.curves': 'Learning curves',
  'figure.error': 'Where the error comes from',
  'figure.fit': 'What one network sees',
  'figure.stops': 'Where each network stops',
  'note.cut': '{what}, cut at {top}',
  'note.fit': 'network {replica}, after {epochs}',

  'figure.patience': 'Error by patience',
  'figure.weights': 'Error of the weights kept',
  'figure.map': 'Error by patience and min delta',
  'figure.runs': 'Test error of all runs',
  'figure.bill': 'What it takes',
  'figure.network': 'One network',
  'note.patience': 'mean of {networks} networks',
  'note.network': 'network {replica}, {what}',
  'note.bill': 'shares, by patience',

  'note.mean': 'mean of {networks} networks',

  // Ends of lines
  'line.train': 'training',
  'line.validation': 'validation',
  'line.test': 'test error',
  'line.bias2': 'bias²',
  'line.variance': 'variance',
  'line.noise': 'noise',
  'line.best-kept': 'best weights kept',
  'line.last-kept': 'last weights kept',
  'line.false-stops': 'false stops',
  'line.epochs-share': 'epochs trained',
  'line.truth': 'truth',
  'line.fit': 'fit',

  // Flags, spans, bars
  'flag.you': 'you {epoch}',
  'flag.best': 'best common stop {epoch}',
  'flag.rule': 'patience {patience}',
  'flag.you-patience': 'you {patience}',
  'flag.best-patience': 'best {patience}',
  'flag.stop': 'stop {epoch}',
  'flag.kept': 'kept {epoch}',
  'span.level': 'epochs {from} to {to} cannot be told apart from the best',
  'bar.costs': 'costs {cost}',

  // Counts
  'count.epochs': { by: 'n', one: '{n} epoch', other: '{n} epochs' },
  'count.networks': { by: 'n', one: '{n} network', other: '{n} networks' },
  'count.points': { by: 'n', one: '{n} point', other: '{n} points' },
  'count.updates': { by: 'n', one: '{n} update', other: '{n} updates' },

  // A stop for all networks, against the best one in hindsight
  'stop.none':
    'You made no prediction. The best common stop in hindsight is **{best}**; going on to epoch {last} costs **{cost}**.',
  'stop.exact': 'You stopped at **{you}**, the best common stop in hindsight. It costs **nothing**.',
  'stop.level':
    'You stopped at **{you}**; the best common stop in hindsight is **{best}**. The two **cannot be told apart** ({cost}).',
  'stop.costs': 'You stopped at **{you}**; the best common stop in hindsight is **{best}**. Yours costs **{cost}**.',
  'stop.summary': 'your stop cost {cost}',
  'stop.summary-none': 'no prediction',
  'grade.early': '**Too early.**',
  'grade.late': '**Too late.**',
  'grade.early-because': '**Too early**: {because}.',
  'grade.late-because': '**Too late**: {because}.',
  'grade.probably-early': '**Probably too early.**',
  'grade.probably-late': '**Probably too late.**',
  'grade.probably-early-because': '**Probably too early**: {because}.',
  'grade.probably-late-because': '**Probably too late**: {because}.',
  'blame.bias2': 'bias² is still falling',
  'blame.variance': 'variance is already growing',

  // Guesses
  'unit.error': 'error',
  'miss.summary': 'your guess was {miss} off',
  'span.you': 'you: {from} to {to}',

  // Try
  'try.none': 'nothing else trained yet',

  // What happened?
  'observe.before': 'before my flag',
  'observe.at': 'at my flag',
  'observe.after': 'after my flag',
  'observe.first-quarter': 'in the first quarter',
  'observe.between': 'in between',
  'observe.last-quarter': 'in the last quarter',
} as const satisfies Catalogue;
