/** @file The losses by which an error can be taken apart, by the names that files and the command line call them. */
import { CROSS_ENTROPY } from './cross-entropy.ts';
import { ABSOLUTE, HUBER } from './location.ts';
import type { ErrorLoss } from './loss.ts';
import { BRIER, SQUARED } from './squared.ts';
import { KOHAVI_WOLPERT, ZERO_ONE } from './zero-one.ts';

export const ERROR_LOSSES = {
  squared: SQUARED,
  absolute: ABSOLUTE,
  huber: HUBER,
  brier: BRIER,
  'cross-entropy': CROSS_ENTROPY,
  'zero-one': ZERO_ONE,
  'kohavi-wolpert': KOHAVI_WOLPERT,
} as const satisfies Record<string, ErrorLoss>;

export type ErrorLossName = keyof typeof ERROR_LOSSES;

/** Those that fit, the one that the page begins with first. */
export function errorLossesFor(predicts: ErrorLoss['predicts']): ErrorLossName[] {
  return (Object.keys(ERROR_LOSSES) as ErrorLossName[]).filter((name) => ERROR_LOSSES[name].predicts === predicts);
}
