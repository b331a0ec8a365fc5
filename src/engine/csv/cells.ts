/** @file Parses a CSV cell: a number, a missing value or a word. */

const MISSING = new Set(['', 'NA', 'N/A', 'na', 'n/a', 'NaN', 'nan', 'NULL', 'null', '?']);

/** Whether a trimmed cell is one of the usual ways to say that there is no value. */
export function isMissing(cell: string): boolean {
  return MISSING.has(cell);
}

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const NUMBER_WITH_COMMA = /^[-+]?(?:\d+,?\d*|,\d+)(?:[eE][-+]?\d+)?$/;

/** The finite number a trimmed cell holds, or NaN. */
export function numberOf(cell: string, decimal: '.' | ','): number {
  if (!(decimal === ',' ? NUMBER_WITH_COMMA : NUMBER).test(cell)) return NaN;
  const value = Number(decimal === ',' ? cell.replace(',', '.') : cell);
  return Number.isFinite(value) ? value : NaN;
}
