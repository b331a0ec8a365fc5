/** @file Makes a table for training from a sheet, a chosen target and a task; reports what is left out. */
import type { Table, Task } from '../../../datasets/contract.ts';
import { MAX_CLASSES, MAX_NAME, MAX_SPREAD, shownCell } from './describe.ts';
import { CsvError } from './error.ts';
import type { CsvSheet } from './sheet.ts';

export interface Choice {
  /** The target column's name. */
  target: string;
  task: Task;
  /**
   * What the reader wants of columns, by name: false leaves one out, true takes one that would be left out, a column of words
   * as a column of 0 and 1 for each.
   */
  wanted?: Readonly<Record<string, boolean>>;
}

/** One input: where its numbers come from. */
interface Input {
  name: string;
  /** `[rows of the sheet]`; NaN where there is none. */
  values: Float64Array;
}

export interface Taken {
  table: Table;
  /** Rows dropped because a used cell is missing. */
  dropped: number;
  leftOut: { name: string; why: string }[];
  /** Columns of two words, and which of them is 0 and which is 1. */
  coded: { name: string; words: [zero: string, one: string] }[];
}

/** Fewer complete rows than this cannot be split into training, validation and test. */
export const MIN_ROWS = 10;
/** As the schema of an experiment allows. */
const MAX_FEATURES = 1000;

/** Columns that cannot be used as inputs are left out and listed; rows with a missing cell are dropped and counted. */
export function tableFrom(sheet: CsvSheet, { target, task, wanted = {} }: Choice): Taken {
  const at = sheet.columns.findIndex(({ name }) => name === target);
  if (at === -1) throw new CsvError(`There is no column "${target}"; choose one of the file's columns as target.`);
  const leftOut: Taken['leftOut'] = [];
  const coded: Taken['coded'] = [];
  const inputs = sheet.columns.flatMap((column, i): Input[] => {
    if (i === at) return [];
    const { name, kind, distinct } = column;
    const want = wanted[name];
    const words = kind === 'text' && column.words > 0 ? wordsOf(sheet, i) : [];
    const isWords = kind === 'text' && words.length === distinct;
    if (want !== false && isWords && words.length === 2 && column.missing <= sheet.rows / 2) {
      coded.push({ name, words: words as [string, string] });
      return [{ name, values: indicator(sheet, i, words[1]!) }];
    }
    if (want === true && isWords && words.length <= MAX_SPREAD)
      return words.map((word) => ({ name: `${name}: ${word}`, values: indicator(sheet, i, word) }));
    const why = want === false ? 'was left out by you' : unusable(sheet, i, want === true);
    if (why === null) return [{ name, values: sheet.cells[i]!.numbers }];
    leftOut.push({ name, why });
    return [];
  });
  if (inputs.length === 0)
    throw new CsvError(
      'No column is left as input: each is text, constant, mostly missing or left out; add a column of numbers.',
    );
  if (inputs.length > MAX_FEATURES)
    throw new CsvError(`${inputs.length} inputs are too many; keep at most ${MAX_FEATURES} columns.`);
  if (task === 'regression') refuseWords(sheet, at);

  const { numbers, words } = sheet.cells[at]!;
  const rows = completeRows(sheet, inputs).filter((row) => !Number.isNaN(numbers[row]) || words[row] !== undefined);
  if (rows.length < MIN_ROWS) {
    const missing = sheet.rows > rows.length ? ` of ${sheet.rows}; the others have missing cells` : '';
    throw new CsvError(`There are ${rows.length} complete rows${missing}; at least ${MIN_ROWS} are needed.`);
  }
  const values = Array.from(rows, (row) => words[row] ?? numbers[row]!);
  const classes = classesOf(values, target, task);
  const index = new Map(classes?.map((value, k) => [value, k]));
  const table: Table = {
    name: sheet.name,
    task,
    columns: inputs.map(({ name }) => name),
    target,
    features: gather(inputs, rows),
    targets: Float32Array.from(values, (value) => (classes ? index.get(value)! : Number(value))),
    classes: classes && classes.map(String),
    rows: rows.length,
  };
  if (!table.targets.every(Number.isFinite))
    throw new CsvError(`Column "${target}" holds numbers beyond ±3.4e38; rescale it.`);
  return { table, dropped: sheet.rows - rows.length, leftOut, coded };
}

/** Why a column cannot be an input as it is; null if it can. */
function unusable(sheet: CsvSheet, column: number, isWanted: boolean): string | null {
  const { kind, missing, words, counts } = sheet.columns[column]!;
  if (kind === 'empty') return 'has no values';
  if (kind === 'constant') return 'is the same in every row';
  if (kind === 'text') return 'holds text, which a network cannot read; write it as numbers to use it';
  if (words > 0)
    return `has cells that are not numbers (${found(sheet, column)}); correct them or empty them to use it`;
  if (counts && !isWanted) return 'numbers the rows, which may give the answer away';
  return missing > sheet.rows / 2 ? `lacks ${missing} of ${sheet.rows} values` : null;
}

/** What people write for no come first: with two words they are 0. */
const ZEROS = new Set(['false', 'no', 'n', 'f', 'off', 'negative', 'absent', 'never']);

/** The different words of a column, by letter, one more than can be used at most. */
function wordsOf(sheet: CsvSheet, column: number): string[] {
  const words = new Set<string>();
  for (const word of sheet.cells[column]!.words) {
    if (word !== undefined) words.add(word);
    if (words.size > MAX_SPREAD) break;
  }
  const sorted = [...words].sort((a, b) => (a < b ? -1 : 1));
  return sorted.length === 2 && ZEROS.has(sorted[1]!.toLowerCase()) ? sorted.reverse() : sorted;
}

/** 1 where a row has the word, 0 where it has another, NaN where it has none. */
function indicator(sheet: CsvSheet, column: number, word: string): Float64Array {
  const { words } = sheet.cells[column]!;
  return Float64Array.from({ length: sheet.rows }, (_, row) =>
    words[row] === undefined ? NaN : Number(words[row] === word),
  );
}

/** Refuses words among the numbers of the target. */
function refuseWords(sheet: CsvSheet, column: number): void {
  const { name, words: count, kind } = sheet.columns[column]!;
  if (count === 0) return;
  if (kind === 'text')
    throw new CsvError(
      `Column "${name}" holds text, and regression needs numbers; choose another target or a classification task.`,
    );
  throw new CsvError(
    `Column "${name}" has cells that are not numbers (${found(sheet, column)}); correct them or empty them.`,
  );
}

/** The first words among the numbers of a column, with the lines they are on. */
function found(sheet: CsvSheet, column: number): string {
  const { words } = sheet.cells[column]!;
  const { words: count } = sheet.columns[column]!;
  const some: string[] = [];
  for (let row = 0; row < sheet.rows && some.length < 3; row++) {
    if (words[row] !== undefined) some.push(`line ${sheet.lines[row]}: "${shownCell(words[row]!)}"`);
  }
  return `${some.join(', ')}${count > some.length ? ` and ${count - some.length} more` : ''}`;
}

function completeRows(sheet: CsvSheet, inputs: readonly Input[]): Int32Array {
  const complete = new Uint8Array(sheet.rows).fill(1);
  for (const { values } of inputs) {
    for (let row = 0; row < sheet.rows; row++) if (Number.isNaN(values[row])) complete[row] = 0;
  }
  return Int32Array.from(complete, (_, row) => row).filter((row) => complete[row] === 1);
}

/** `[rows, columns]`, row-major. */
function gather(inputs: readonly Input[], rows: Int32Array): Float32Array {
  const features = new Float32Array(rows.length * inputs.length);
  inputs.forEach(({ name, values }, j) => {
    let finite = true;
    for (let k = 0, to = j; k < rows.length; k++, to += inputs.length) {
      features[to] = values[rows[k]!]!;
      finite &&= Number.isFinite(features[to]);
    }
    if (!finite) throw new CsvError(`Column "${name}" holds numbers beyond ±3.4e38; rescale it.`);
  });
  return features;
}

/** The classes in order, numbers by size before words by letter; null for regression. */
function classesOf(values: (number | string)[], target: string, task: Task): (number | string)[] | null {
  const distinct = new Set(values);
  if (distinct.size === 1)
    throw new CsvError(
      `Column "${target}" is the same in every usable row; there is nothing to learn. Choose another target.`,
    );
  if (task === 'regression') return null;
  const found = `Column "${target}" has ${distinct.size} different values`;
  if (task === 'binary' && distinct.size !== 2)
    throw new CsvError(`${found}, a binary task has 2; choose the task of several classes or regression.`);
  if (task === 'multiclass' && distinct.size === 2) throw new CsvError(`${found}; choose the binary task.`);
  if (distinct.size > MAX_CLASSES)
    throw new CsvError(
      `${found}, at most ${MAX_CLASSES} classes can be told apart; choose another target or regression.`,
    );
  const long = [...distinct].find((value) => typeof value === 'string' && value.length > MAX_NAME);
  if (long !== undefined)
    throw new CsvError(
      `Column "${target}" has a class "${shownCell(long)}" of more than ${MAX_NAME} characters; shorten it.`,
    );
  return [...distinct].sort((a, b) =>
    typeof a === 'number' && typeof b === 'number'
      ? a - b
      : typeof a === typeof b
        ? a < b
          ? -1
          : 1
        : typeof a === 'number'
          ? -1
          : 1,
  );
}
