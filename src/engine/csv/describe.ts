/** @file Describes a column for the page, and for choosing the target and the task. */
import type { Task } from '../../../datasets/contract.ts';
import type { ScannedColumn } from './scan.ts';

export interface ColumnSummary {
  name: string;
  /** `number` if most of its cells are numbers; `constant` if all are the same; `empty` if all are missing. */
  kind: 'number' | 'text' | 'constant' | 'empty';
  missing: number;
  /** Words among numbers: cells that have to be corrected before a column of kind `number` can be used. */
  words: number;
  /** Different values, counted up to `DISTINCT_LIMIT`. */
  distinct: number;
  /** Whether every number is whole. */
  whole: boolean;
  /** The first three different values. */
  examples: string[];
  /** Whether it numbers the rows: sorted by class it would give the answer away. */
  counts: boolean;
}

export const DISTINCT_LIMIT = 1000;
export const MAX_CLASSES = 20;
/** Of a name or a class: each stands in menus, in the experiment and in the links to it. */
export const MAX_NAME = 200;
const SHOWN = 40;

/** A cell as tables and messages show it. */
export const shownCell = (cell: number | string): string => {
  const text = String(cell);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
};

/** What columns that number the rows are called. */
const COUNTER =
  /^(?:id|_id|index|idx|rows?|row[ ._-]?(?:id|no|nr|number|names?)|no\.?|nr\.?|num|number|#|obs|observation|case|unnamed: ?0|\.\.\.1)$|[\s_.-]id$/i;

/** Up to here a column of words can become a column of 0 and 1 for each. */
export const MAX_SPREAD = 12;

/** `nameless`: the header has no name for it. */
export function describe(name: string, { numbers, words }: ScannedColumn, nameless = false): ColumnSummary {
  const values = new Set<number | string>();
  let missing = 0;
  let wordCount = 0;
  let whole = true;
  for (let row = 0; row < numbers.length; row++) {
    const number = numbers[row]!;
    const word = words[row];
    if (number === number) {
      whole &&= Number.isInteger(number);
      if (values.size < DISTINCT_LIMIT) values.add(number);
    } else if (word === undefined) missing++;
    else {
      wordCount++;
      if (values.size < DISTINCT_LIMIT) values.add(word);
    }
  }
  const distinct = values.size;
  const numeric = numbers.length - missing - wordCount;
  const kind = distinct === 0 ? 'empty' : distinct === 1 ? 'constant' : numeric > wordCount ? 'number' : 'text';
  const examples = [...values].slice(0, 3).map(shownCell);
  const isCounter = nameless || COUNTER.test(name) || /[a-z]Id$/.test(name);
  const counts = isCounter && numbers.length > 2 && numbers.every((value, row) => value === numbers[0]! + row);
  return { name, kind, missing, words: wordCount, distinct, whole, examples, counts };
}

/** Numbers are taken for classes only where each comes so often on average: ten rows of numbers are not ten classes. */
const ROWS_PER_CLASS = 5;

/** The task that most likely suits a column of so many rows as target; null if none does. */
export function guessTask({ kind, distinct, whole, missing }: ColumnSummary, rows: number): Task | null {
  if (kind === 'empty' || kind === 'constant') return null;
  if (distinct === 2) return 'binary';
  const present = rows - missing;
  if (kind === 'number')
    return whole && distinct <= 10 && present >= ROWS_PER_CLASS * distinct ? 'multiclass' : 'regression';
  // Words that hardly come again are names.
  return distinct <= MAX_CLASSES && present >= 2 * distinct ? 'multiclass' : null;
}
