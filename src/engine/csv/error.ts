/** @file What is wrong with a visitor's file, and what to do about it. */

/** The message names the place and the remedy, in words for the page. */
export class CsvError extends Error {
  override readonly name = 'CsvError';
}
