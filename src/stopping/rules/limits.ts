/** @file What parameters of rules have in common: their limits, and the usual words for a direction. */

/** Libraries set no limits to most of their numbers; they only have to be finite. */
export const FINITE = { min: -Number.MAX_VALUE, max: Number.MAX_VALUE } as const;
/** A count of epochs. */
export const EPOCHS = { min: 0, max: Number.MAX_SAFE_INTEGER, integer: true } as const;

/** Where directions are called what they are called here. */
export const MIN_MAX = { min: 'min', max: 'max' } as const;
