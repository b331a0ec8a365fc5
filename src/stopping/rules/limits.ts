/** @file What parameters of rules have in common: their limits, and the usual choice of a direction. */
import type { Parameter } from '../rule.ts';

/** Libraries set no limits to most of their numbers; they only have to be finite. */
export const FINITE = { min: -Number.MAX_VALUE, max: Number.MAX_VALUE } as const;
/** A count of epochs. */
export const EPOCHS = { min: 0, max: Number.MAX_SAFE_INTEGER, integer: true } as const;

/** Where directions are called what they are called here. */
export const MIN_MAX = { min: 'min', max: 'max' } as const;

/** The direction, which `auto` leaves to the metric. */
export const MODE = {
  kind: 'choice',
  options: ['auto', 'min', 'max'],
  default: 'auto',
  role: 'direction',
  words: MIN_MAX,
  help: 'Whether the monitored metric is to shrink (min) or to grow (max); auto: an accuracy grows, a loss shrinks.',
} as const satisfies Parameter;
