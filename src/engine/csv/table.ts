/** @file Makes a table for training from a sheet, a chosen target and a task; reports what is left out. */
import type { Table, Task } from '../../../datasets/contract.ts';
import { MAX_CLASSES, MAX_NAME, shownCell } from './describe.ts';
import { CsvError } from './error.ts';
import type { CsvSheet } from './sheet.ts';

export interface Choice {
  /** The target column's name. */
  target: string;
  task: Task;
}

export interface Taken {
  table: Table;
  /** Rows dropped because a used cell is missing. */
  dropped: number;
  leftOut: { name: string; why: string }[];
}

/** Fewer complete rows than this cannot be split into training, validation and test. */
export const MIN_ROWS = 10;
/** As the schema of an experiment allows. */
const MAX_FEATURES = 1000;

/** Columns that cannot be used as inputs are left out and listed; rows with a missing cell are dropped and counted. */
export function tableFrom(sheet: CsvSheet, { target, task }: Choice): Taken {
  const at = sheet.columns.findIndex(({ name }) => name === target);
  if (at === -1) throw new CsvError(`There is no column "${target}"; choose one of the file's columns as target.`);
  const leftOut: Taken['leftOut'] = [];
  const used = sheet.columns.flatMap((column, i) => {
    const why = i === at ? null : unusable(column, sheet.rows);
    if (why) leftOut.push({ name: column.name, why });
    return i === at || why ? [] : [i];
  });
  if (used.length === 0)
    throw new CsvError(
      'No column is left as input: each is text, constant or mostly missing; add a column of numbers.',
    );
  if (used.length > MAX_FEATURES)
    throw new CsvError(`${used.length} inputs are too many; keep at most ${MAX_FEATURES} columns.`);
  for (const i of task === 'regression' ? [...used, at] : used) refuseWords(sheet, i);

  const { numbers, words } = sheet.cells[at]!;
  const rows = completeRows(sheet, used).filter((row) => !Number.isNaN(numbers[row]) || words[row] !== undefined);
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
    columns: used.map((i) => sheet.columns[i]!.name),
    target,
    features: gather(sheet, used, rows),
    targets: Float32Array.from(values, (value) => (classes ? index.get(value)! : Number(value))),
    classes: classes && classes.map(String),
    rows: rows.length,
  };
  if (!table.targets.every(Number.isFinite))
    throw new CsvError(`Column "${target}" holds numbers beyond ±3.4e38; rescale it.`);
  return { table, dropped: sheet.rows - rows.length, leftOut };
}

function unusable({ kind, missing }: CsvSheet['columns'][number], rows: number): string | null {
  if (kind === 'empty') return 'has no values';
  if (kind === 'constant') return 'is the same in every row';
  if (kind === 'text') return 'holds text, which a network cannot read; write it as numbers to use it';
  return missing > rows / 2 ? `lacks ${missing} of ${rows} values` : null;
}

/** Refuses words among the numbers of a column, with the lines they are on. */
function refuseWords(sheet: CsvSheet, column: number): void {
  const { name, words: count, kind } = sheet.columns[column]!;
  if (count === 0) return;
  if (kind === 'text')
    throw new CsvError(
      `Column "${name}" holds text, and regression needs numbers; choose another target or a classification task.`,
    );
  const { words } = sheet.cells[column]!;
  const found: string[] = [];
  for (let row = 0; row < sheet.rows && found.length < 3; row++) {
    if (words[row] !== undefined) found.push(`line ${sheet.lines[row]}: "${shownCell(words[row])}"`);
  }
  const more = count > found.length ? ` and ${count - found.length} more` : '';
  throw new CsvError(
    `Column "${name}" has cells that are not numbers (${found.join(', ')}${more}); correct them or empty them.`,
  );
}

function completeRows(sheet: CsvSheet, used: number[]): Int32Array {
  const complete = new Uint8Array(sheet.rows).fill(1);
  for (const i of used) {
    const { numbers } = sheet.cells[i]!;
    for (let row = 0; row < sheet.rows; row++) if (Number.isNaN(numbers[row])) complete[row] = 0;
  }
  return Int32Array.from(complete, (_, row) => row).filter((row) => complete[row] === 1);
}

/** `[rows, columns]`, row-major. */
function gather(sheet: CsvSheet, used: number[], rows: Int32Array): Float32Array {
  const features = new Float32Array(rows.length * used.length);
  used.forEach((i, j) => {
    const { numbers } = sheet.cells[i]!;
    let finite = true;
    for (let k = 0, to = j; k < rows.length; k++, to += used.length) {
      features[to] = numbers[rows[k]!]!;
      finite &&= Number.isFinite(features[to]);
    }
    if (!finite) throw new CsvError(`Column "${sheet.columns[i]!.name}" holds numbers beyond ±3.4e38; rescale it.`);
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
