/** @file Columns separated by spaces, as pandas and fastai print them, and one number a line. */
import { parseLogCell, secondsOf } from '../cells.ts';
import { headOf, type Format } from './format.ts';
import { RowsReader } from './rows.ts';

export const SPACED_COLUMNS: Format = {
  name: 'columns separated by spaces',
  read({ text }) {
    const split = splitterOf(headOf(text));
    if (!split) return null;
    const reader = new RowsReader({ format: 'columns separated by spaces', numbered: true });
    for (const line of text.split(/\r\n|\r|\n/)) {
      // pandas says at the end how large the table is.
      if (line.trim() !== '' && !/^[-=\s]+$|^\[\d+ rows x \d+ columns\]$/.test(line)) reader.add(split(line));
    }
    return [reader.table];
  },
};

/** How a line of this text falls into cells; null where it is no table. */
function splitterOf(head: string): ((line: string) => string[]) | null {
  const lines = head.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '' && !/^[-=\s]+$/.test(line));
  const [first, second] = lines;
  if (
    first === undefined ||
    /[;\t]/.test(first + (second ?? '')) ||
    (first.includes(',') && !/\d,\d+\s+\S/.test(first))
  )
    return null;
  if (second !== undefined && /^\S*,\S*$/.test(second.trim())) return null;
  const bySpace = (line: string) => line.trim().split(/\s+/);
  const byGap = (line: string) => line.trim().split(/\s{2,}|\t/);
  const whole = (line: string) => [line.trim()];
  if (areNumbers(bySpace(first))) return second === undefined || areNumbers(bySpace(second)) ? bySpace : null;
  if (second === undefined || !areNumbers(bySpace(second))) return null;
  const cells = bySpace(second).length;
  for (const split of [bySpace, byGap, whole]) {
    const names = split(first).length;
    if (names === cells || (names === cells - 1 && split !== whole))
      return split === byGap ? (line) => (line === first ? byGap(line) : bySpace(line)) : split;
  }
  return bySpace(first).length > cells ? byGap : null;
}

/** Numbers, gaps and times of day: `0  0.81  NaN  04:39`. */
function areNumbers(cells: readonly string[]): boolean {
  const read = cells.map((cell) => parseLogCell(cell));
  return (
    read.some((cell) => typeof cell === 'number') && read.every((cell) => cell === null || secondsOf(cell) !== null)
  );
}
