/** @file By how much a guessed number misses what was measured. */
import type { Estimate } from '../../decomposition/estimate.ts';

/** The guess is exact, so the standard error is that of what was measured. */
export const missOf = (guess: number, { value, se }: Estimate): Estimate => ({ value: guess - value, se });
