/** @file CSV, and the same with semicolons or tabs. */
import { parseLogCell } from '../cells.ts';
import { LogError } from '../log-error.ts';
import { headOf, type Format } from './format.ts';
import { RowsReader } from './rows.ts';

const DELIMITERS = ['\t', ';', ','] as const;
const NAMES = { '\t': 'TSV', ';': 'CSV with semicolons', ',': 'CSV' };

export const DELIMITED: Format = {
  name: 'CSV',
  read({ text }) {
    const body = text.replace(/^(?:#[^\n]*\n\s*)+(?=[^\n]*[,;\t])/, '');
    const delimiter = delimiterOf(headOf(body));
    if (delimiter === null) return null;
    const reader = new RowsReader({ format: NAMES[delimiter] });
    eachRow(body, delimiter, (row) => reader.add(row));
    return [reader.table];
  },
};

/** What the first two lines have alike, of several that which is no decimal point; null where lines are not of cells. */
function delimiterOf(head: string): (typeof DELIMITERS)[number] | null {
  const lines = head.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  const [first = '', second] = lines;
  const count = (line: string, delimiter: string) =>
    line.replace(/"(?:[^"]|"")*(?:"|$)/g, '').split(delimiter).length - 1;
  const alike = DELIMITERS.find((delimiter) => {
    const cells = count(first, delimiter);
    return cells > 0 && (second === undefined || cells === count(second, delimiter));
  });
  const most = DELIMITERS.map((delimiter) => [delimiter, count(first, delimiter)] as const).reduce((a, b) =>
    b[1] > a[1] ? b : a,
  );
  const delimiter = alike ?? (most[1] > 0 ? most[0] : null);
  // Quotes that hide every delimiter, or never close: only a CSV has them at the beginning of a cell.
  if (delimiter === null) return /^"[^"]*$/.test(first) && first.includes(',') ? ',' : null;
  return delimiter === ',' && isProse(first, lines.slice(1, 4)) ? null : delimiter;
}

/** A sentence has commas too: then neither it nor what follows has a number as a cell. */
const isProse = (first: string, others: readonly string[]): boolean =>
  first.includes(', ') &&
  ![first, ...others].some((line) => line.split(',').some((cell) => typeof parseLogCell(cell) === 'number'));

/** Calls back with the cells of each row, RFC 4180; blank lines are passed over. */
export function eachRow(text: string, delimiter: string, take: (row: string[]) => void): void {
  const limit = delimiter.charCodeAt(0);
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell: string;
    const quoted = /["\s]/.test(text[at]!) ? quotedCell(text, at, delimiter) : null;
    if (quoted) [cell, at] = quoted;
    else {
      const from = at;
      let code = text.charCodeAt(at);
      while (at < text.length && code !== limit && code !== 10 && code !== 13) code = text.charCodeAt(++at);
      cell = text.slice(from, at);
    }
    row.push(cell);
    const end = text.charCodeAt(at);
    at++;
    if (end === limit && at < text.length) continue;
    if (end === limit) row.push('');
    if (row.length > 1 || row[0]!.trim() !== '') take(row);
    row = [];
  }
}

/** The cell in quotes that begins here, and where its delimiter stands; null where the next cell has no quotes. */
function quotedCell(text: string, from: number, delimiter: string): [string, number] | null {
  let at = from;
  while (text[at] === ' ') at++;
  if (text[at] !== '"') return null;
  let close = at;
  do {
    close = text.indexOf('"', close + 1);
    if (close !== -1 && text[close + 1] === '"') close++;
    else break;
  } while (close !== -1);
  const end = close === -1 ? null : /[^ ]|$/.exec(text.slice(close + 1, close + 100));
  const next = end?.[0] ?? null;
  if (close === -1 || next === null || !(next === '' || next === delimiter || next === '\n' || next === '\r'))
    throw new LogError(
      'text',
      text.slice(from, from + 40),
      'must close each quote before the next delimiter; double a quote within a cell',
    );
  return [text.slice(at + 1, close).replaceAll('""', '"'), close + 1 + end!.index];
}
