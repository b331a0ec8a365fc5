/** @file A wave of rising frequency: slow parts are learned, and overfitted, long before the fast ones. */
import { line } from '../lines.ts';

export const dataset = line({
  id: 'chirp',
  label: 'chirp',
  about: 'A wave that quickens from left to right: the slow part is learned long before the fast one.',
  short: 'sin 5πx²',
  low: 0,
  high: 1,
  f: (x) => Math.sin(5 * Math.PI * x * x),
  suggested: { 'data.noise': 0.4, 'data.trainSize': 30, 'data.validationSize': 30, 'training.epochs': 1000 },
});
