/** @file What few runs can say: how large a difference has to be, and how wide a share is. */
import type { Estimate } from '../decomposition/estimate.ts';
import { criticalT } from './find-rule.ts';

/** Below this many runs a difference is held against Student's quantile; from there on against 2 standard errors. */
export const FEW_RUNS = 8;

/** Student's two-sided quantiles at 5 % for one and two degrees of freedom, where `criticalT` is too far off. */
const SMALLEST = [12.706, 4.303];

/** How many standard errors a difference between so many pairs has to pass to be more than a hint. */
export function multipleFor(runs: number): number {
  return runs >= FEW_RUNS ? 2 : (SMALLEST[runs - 2] ?? criticalT(runs - 1));
}

/** `level`: within its standard error; `hint`: beyond it, and not enough; `sure`: more than chance. */
export type Sureness = 'unknown' | 'level' | 'hint' | 'sure';

export function surenessOf({ value, se }: Estimate, runs: number): Sureness {
  if (se === null) return 'unknown';
  if (Math.abs(value) <= se) return 'level';
  return Math.abs(value) > multipleFor(runs) * se ? 'sure' : 'hint';
}

/** Of the normal distribution, two-sided at 5 %. */
const Z = 1.959964;

/** The 95 % interval of a share, from `count` of `n` (Wilson, 1927). */
export function wilson(count: number, n: number): [low: number, high: number] {
  const p = count / n;
  const denominator = 1 + (Z * Z) / n;
  const middle = (p + (Z * Z) / 2 / n) / denominator;
  const half = (Z * Math.sqrt((p * (1 - p)) / n + (Z * Z) / 4 / n / n)) / denominator;
  return [count === 0 ? 0 : Math.max(0, middle - half), count === n ? 1 : Math.min(1, middle + half)];
}
