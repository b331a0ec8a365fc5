/** @file The error for a visitor's file: what is wrong with it, and what to do about it. */

/** The message names the place and the remedy, in words for the page. */
export class CsvError extends Error {
  override readonly name = 'CsvError';
}
