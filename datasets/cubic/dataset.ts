/** @file The third Chebyshev polynomial: two bends, amplitude 1 on its interval. */
import { line } from '../lines.ts';

export const dataset = line({
  id: 'cubic',
  label: 'cubic',
  about: 'A cubic with two bends, steep at both ends, where points are scarce.',
  short: '4x³ − 3x',
  low: -1,
  high: 1,
  f: (x) => 4 * x ** 3 - 3 * x,
  suggested: { 'data.noise': 0.5 },
});
