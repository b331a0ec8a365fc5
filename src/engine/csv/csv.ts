/** @file Reads the visitor's CSV file: bytes in, a sheet of columns out, or a `CsvError` that says what to do. */
import { decode } from './decode.ts';
import { describe, MAX_NAME } from './describe.ts';
import { dialectOf, prepared } from './dialect.ts';
import { CsvError } from './error.ts';
import { scan, type ScannedColumn } from './scan.ts';
import type { CsvSheet, CsvSummary } from './sheet.ts';

export { CsvError } from './error.ts';
export { DISTINCT_LIMIT, guessTask, MAX_CLASSES, type ColumnSummary } from './describe.ts';
export { MIN_ROWS, tableFrom, type Choice, type Taken } from './table.ts';

/** Larger files are refused before they are read. */
export const MAX_CSV_BYTES = 64 * 2 ** 20;

/** Throws if a file is too large or empty; ask it before reading the file. */
export function checkSize(sizeBytes: number, name: string): void {
  if (sizeBytes === 0) throw new CsvError(`"${name}" is empty; choose a file with a header and rows.`);
  if (sizeBytes > MAX_CSV_BYTES) {
    const size = Math.ceil(sizeBytes / 2 ** 20).toLocaleString('en');
    throw new CsvError(
      `"${name}" has ${size} MB, the limit is ${MAX_CSV_BYTES / 2 ** 20} MB; choose fewer rows or columns.`,
    );
  }
}

export function readCsv(bytes: Uint8Array, name: string): CsvSheet {
  checkSize(bytes.length, name);
  const { text, encoding } = decode(bytes);
  if (text.trim() === '') throw new CsvError(`"${name}" is empty; choose a file with a header and rows.`);
  const dialect = dialectOf(text);
  const scanned = scan(prepared(text, dialect), dialect);
  const header = hasHeader(scanned.columns);
  const first = header ? 1 : 0;
  if (scanned.rows === first) throw new CsvError(`"${name}" has a header but no rows; add some.`);
  const cells = scanned.columns.map(({ numbers, words }) => ({
    numbers: numbers.subarray(first),
    words: words.slice(first),
  }));
  const given = scanned.columns.map(({ words }) => (header && words[0]) || '');
  given.forEach((name, i) => {
    if (name.length > MAX_NAME)
      throw new CsvError(`The name of column ${i + 1} has ${name.length} characters; shorten it to ${MAX_NAME}.`);
  });
  const names = unique(given.map((name, i) => name || `column ${i + 1}`));
  return {
    name,
    ...dialect,
    rows: scanned.rows - first,
    encoding,
    header,
    columns: cells.map((column, i) => describe(names[i]!, column, header && given[i] === '')),
    cells,
    lines: scanned.lines.subarray(first),
  };
}

/** What the page needs of a sheet, without its cells. */
export function summaryOf({ cells: _, lines: __, ...summary }: CsvSheet): CsvSummary {
  return summary;
}

/**
 * The first row holds names if none of its cells is a number, and it has numbers below it or names nothing twice; among words
 * alone no name may come again below it in its own column.
 */
function hasHeader(columns: ScannedColumn[]): boolean {
  if (columns.some(({ numbers }) => !Number.isNaN(numbers[0]))) return false;
  const names = columns.flatMap(({ words }) => words[0] ?? []);
  if (columns.some(({ numbers }) => numbers.some((value) => !Number.isNaN(value)))) return true;
  const comesAgain = columns.some(({ words }) => words[0] !== undefined && words.indexOf(words[0], 1) !== -1);
  return new Set(names).size === columns.length && !comesAgain;
}

/** Names that occur before get a number: `x`, `x (2)`. */
function unique(names: string[]): string[] {
  const seen = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let k = 2; seen.has(free); k++) free = `${name} (${k})`;
    seen.add(free);
    return free;
  });
}
