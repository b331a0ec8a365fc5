/** @file One period of a sine: the default. Its suggested settings are the defaults of an experiment. */
import { line } from '../lines.ts';

export const dataset = line({
  id: 'sine',
  label: 'sine',
  about: 'One smooth wave: few enough points that a network can also learn their noise.',
  short: 'sin 2πx',
  low: 0,
  high: 1,
  f: (x) => Math.sin(2 * Math.PI * x),
  suggested: {},
});
