/** @file What is written in one cell of a table: a number, a word, or nothing. */

/** A number (NaN and infinities are values) or a word. Nothing is no cell. */
export type Cell = number | string;

/** Longer words name nothing. */
const MAX_WORD = 200;
const MISSING = new Set(['', 'na', 'n/a', '<na>', 'none', 'null', 'no log', '-', '–', '—']);
const SPELLED = new Map([
  ['nan', NaN],
  ['inf', Infinity],
  ['+inf', Infinity],
  ['-inf', -Infinity],
  ['infinity', Infinity],
  ['+infinity', Infinity],
  ['-infinity', -Infinity],
]);
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;
const DECIMAL_COMMA = /^[-+]?\d*,\d+(?:e[-+]?\d+)?$/i;

/** The cell that a text stands for; null if it says that there is none. A comma may be the decimal point. */
export function parseLogCell(text: string): Cell | null {
  const trimmed = text.length > MAX_WORD ? text.slice(0, MAX_WORD).trim() : text.trim();
  if (NUMBER.test(trimmed)) return Number(trimmed);
  const lower = trimmed.toLowerCase();
  if (MISSING.has(lower)) return null;
  const spelled = SPELLED.get(lower);
  if (spelled !== undefined) return spelled;
  if (DECIMAL_COMMA.test(trimmed)) return Number(trimmed.replace(',', '.'));
  if (trimmed.endsWith('%')) {
    const percent = parseLogCell(trimmed.slice(0, -1));
    if (typeof percent === 'number') return percent;
  }
  return trimmed;
}

/** Seconds of `04:39`, `0:07:35` or of a number; null for anything else. */
export function secondsOf(cell: Cell): number | null {
  if (typeof cell === 'number') return cell;
  if (!/^\d+(?::\d{1,2}){1,2}(?:\.\d+)?$/.test(cell)) return null;
  return cell.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
