/** @file How much is read: what goes beyond it is refused before it costs time or memory. */

/** Of all files together, before any of them is looked into. */
export const MAX_BYTES = 256 * 2 ** 20;
/** Of brackets within brackets. */
export const MAX_NESTING = 24;
/** Items of a list. */
export const MAX_LIST = 1_000_000;
/** Rows of a table. */
export const MAX_ROWS = 12_000_000;
export const MAX_COLUMNS = 10_000;
/** More than a page can draw. */
export const MAX_RUNS = 1000;
/** LogValues of a curve. */
export const MAX_VALUES = 100_000;
