/**
 * @file The cells of a CSV file (RFC 4180) as columns, in one pass. Papa Parse alone needs about 1.5 s for
 * 50,000 × 100 cells, because it makes every cell a string; here numbers, which most cells are, are read in place.
 */
import { isMissing, numberOf } from './cells.ts';
import type { Dialect } from './dialect.ts';
import { CsvError } from './error.ts';

export interface ScannedColumn {
  /** `[rows]`; NaN where the cell is missing or a word. */
  numbers: Float64Array;
  /** The words by row; empty if there are none. */
  words: string[];
}

export interface Scanned {
  columns: ScannedColumn[];
  rows: number;
  /** `[rows]`: the line of the file, from 1, on which each row begins. */
  lines: Int32Array;
}

const LF = 10;
const CR = 13;
const ZERO = 48;
const NINE = 57;
/** Up to 15 digits with a power of ten up to 10¹⁵ below them: both exact in float64, so one division rounds correctly. */
const MAX_DIGITS = 15;
const POWERS = Float64Array.from({ length: MAX_DIGITS + 1 }, (_, i) => Number(`1e${i}`));

/** Twice what an experiment takes; it also bounds what is set aside before the first ragged row is found. */
const MAX_COLUMNS = 2000;
/** Of a cell: spreadsheets hold no more. */
const MAX_CHARACTERS = 32_767;

export function scan(text: string, { delimiter, decimal, quote }: Dialect): Scanned {
  const mark = quote.charCodeAt(0);
  const split = delimiter.charCodeAt(0);
  const point = decimal.charCodeAt(0);
  let capacity = 1024;
  let lines = new Int32Array(capacity);
  const columns: ScannedColumn[] = [];
  let row = 0;
  let column = 0;
  let line = 1;
  let at = 0;

  const ends = (code: number) => code === split || code === LF || code === CR || code !== code;
  const store = (value: number, word: string | null) => {
    if (row === 0) {
      if (column === MAX_COLUMNS)
        throw new CsvError(`There are more than ${MAX_COLUMNS} columns; keep those you need.`);
      columns.push({ numbers: new Float64Array(capacity), words: [] });
    }
    const into = columns[column];
    if (into) {
      into.numbers[row] = value;
      if (word !== null) into.words[row] = word;
    }
    column++;
  };
  const makeRoom = () => {
    capacity *= 2;
    lines = copied(lines, new Int32Array(capacity));
    for (const c of columns) c.numbers = copied(c.numbers, new Float64Array(capacity));
  };
  /** Before a cell is taken out of the text. */
  const checkLength = (characters: number) => {
    if (characters > MAX_CHARACTERS)
      throw new CsvError(
        `Line ${line} has a cell of ${characters} characters, at most ${MAX_CHARACTERS} are read; close its quote, or leave the column out.`,
      );
  };
  const storeText = (cell: string) => {
    const value = numberOf(cell, decimal);
    store(value, Number.isNaN(value) && !isMissing(cell) ? cell : null);
  };

  /** Reads a number that begins at `at` and fills its cell; leaves `at` where it is otherwise. */
  const readNumber = (): boolean => {
    let i = at;
    let code = text.charCodeAt(i);
    const negative = code === 45;
    if (negative) code = text.charCodeAt(++i);
    let value = 0;
    let digits = 0;
    let decimals = 0;
    for (; code >= ZERO && code <= NINE; code = text.charCodeAt(++i), digits++) value = value * 10 + (code - ZERO);
    if (code === point && point !== split) {
      for (code = text.charCodeAt(++i); code >= ZERO && code <= NINE; code = text.charCodeAt(++i), decimals++)
        value = value * 10 + (code - ZERO);
    }
    digits += decimals;
    if (digits === 0 || digits > MAX_DIGITS || !ends(code)) return false;
    value /= POWERS[decimals]!;
    store(negative ? -value : value, null);
    at = i;
    return true;
  };

  const readQuoted = () => {
    let close = text.indexOf(quote, at + 1);
    while (close !== -1 && text.charCodeAt(close + 1) === mark) close = text.indexOf(quote, close + 2);
    if (close === -1) throw new CsvError(`Line ${line}: the quote opened here is never closed; close it or double it.`);
    checkLength(close - at - 1);
    const cell = text.slice(at + 1, close);
    at = close + 1;
    if (!ends(text.charCodeAt(at)))
      throw new CsvError(`Line ${line}: text follows a closing quote; double the quotes inside quoted text.`);
    storeText(cell.replaceAll(quote + quote, quote).trim());
    line += cell.split(/\r\n|\r|\n/).length - 1;
  };

  const readText = () => {
    const from = at;
    while (!ends(text.charCodeAt(at))) at++;
    checkLength(at - from);
    storeText(text.slice(from, at).trim());
  };

  while (at < text.length) {
    const first = text.charCodeAt(at);
    if (column === 0 && (first === LF || first === CR)) {
      at += first === CR && text.charCodeAt(at + 1) === LF ? 2 : 1; // a blank line
      line++;
      continue;
    }
    if (column === 0) {
      if (row === capacity) makeRoom();
      lines[row] = line;
    }
    if (first === mark) readQuoted();
    else if (!readNumber()) readText();

    const code = text.charCodeAt(at);
    if (code === split) {
      at++;
      // A delimiter at the very end of the file opens one more, empty cell.
      if (at === text.length) storeText('');
    }
    if (code !== split || at === text.length) {
      if (column !== columns.length) {
        throw new CsvError(
          `Line ${lines[row]} has ${column} cells where the first row has ${columns.length}; give every row the same number of cells.`,
        );
      }
      if (code === CR || code === LF) at += code === CR && text.charCodeAt(at + 1) === LF ? 2 : 1;
      row++;
      column = 0;
      line++;
    }
  }
  return {
    columns: columns.map((c) => ({ ...c, numbers: c.numbers.subarray(0, row) })),
    rows: row,
    lines: lines.subarray(0, row),
  };
}

function copied<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
