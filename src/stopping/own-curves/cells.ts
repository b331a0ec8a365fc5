/**
 * @file Parses the text of metric histories into columns of cells: CSV, JSON, and dictionaries as Python prints them.
 */
import { DataError } from '../../engine/data/data-error.ts';

/** A number (NaN and infinities are values), a word, or nothing. */
export type Cell = number | string | null;

/** Columns may differ in length. */
export interface Sheet {
  names: string[];
  columns: Cell[][];
}

const MISSING = new Set(['', 'na', 'n/a', 'none', 'null']);
const SPELLED = new Map([
  ['nan', NaN],
  ['inf', Infinity],
  ['+inf', Infinity],
  ['-inf', -Infinity],
  ['infinity', Infinity],
  ['-infinity', -Infinity],
]);

export function parseCell(text: string): Cell {
  const trimmed = text.trim();
  const lower = trimmed.toLowerCase();
  if (MISSING.has(lower)) return null;
  const spelled = SPELLED.get(lower);
  if (spelled !== undefined) return spelled;
  const number = Number(/^[-+]?\d+,\d+$/.test(trimmed) ? trimmed.replace(',', '.') : trimmed);
  return Number.isNaN(number) ? trimmed : number;
}

/** Comma, semicolon or tab, whichever the first line has most of. A first row of numbers is no header: `run 1`, … */
export function readLogCsv(text: string): Sheet {
  const head = text.slice(0, text.search(/[\r\n]|$/));
  const counts = [',', ';', '\t'].map((delimiter) => [delimiter, head.split(delimiter).length] as const);
  const [delimiter] = counts.reduce((a, b) => (b[1] > a[1] ? b : a));
  const rows = rowsOf(text, delimiter);
  const first = rows[0]!;
  const headed = first.some((cell) => typeof parseCell(cell) === 'string');
  const body = headed ? rows.slice(1) : rows;
  body.forEach((row, i) => {
    if (row.length > first.length)
      throw new DataError(
        `row ${i + 1}`,
        row.join(delimiter),
        `must not have more than the ${first.length} cells of the first row`,
      );
  });
  return {
    names: first.map((cell, i) => (headed ? cell.trim() || `column ${i + 1}` : `run ${i + 1}`)),
    columns: first.map((_, i) => body.map((row) => parseCell(row[i] ?? ''))),
  };
}

/** Cells by row, RFC 4180; blank lines are passed over. */
function rowsOf(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  // One cell, quoted or not, and what follows it.
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)"|([^"${delimiter}\\r\\n][^${delimiter}\\r\\n]*|))(${delimiter}|\\r\\n|\\r|\\n|$)`,
    'gy',
  );
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const match = cell.exec(text);
    if (!match) throw new DataError('text', text.slice(at, at + 40), 'must close each quote before the next delimiter');
    const [, quoted, plain, end] = match;
    row.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end === delimiter && cell.lastIndex < text.length) continue;
    if (end === delimiter) row.push('');
    if (row.some((content) => content.trim() !== '')) rows.push(row);
    row = [];
  }
  return rows;
}

/** JSON, with the numbers that JSON has no words for but Python writes; single quotes as Python prints a dictionary. */
export function readJson(text: string): unknown {
  const numbers = text
    .replace(/\bnp\.float\d+\(([^()]*)\)/g, '$1')
    .replace(/(?<![\w"'])-?(?:NaN|nan|Infinity|inf)(?![\w"'])/g, '"$&"');
  const python = numbers.replaceAll("'", '"').replace(/\bNone\b/g, 'null');
  for (const attempt of [text, numbers]) {
    try {
      return JSON.parse(attempt);
    } catch {
      // The next reading is more lenient; what the last of them says is reported.
    }
  }
  try {
    return JSON.parse(python);
  } catch (error) {
    const remedy = `is not JSON (${(error as Error).message}); correct it or paste a CSV`;
    throw new DataError('text', text.slice(0, 40), remedy);
  }
}
