/** @file Which rows of a log are epochs, and what belongs beside each. */
import { DataError } from '../../engine/data/data-error.ts';
import type { Cell } from './cells.ts';

export interface LogColumn {
  name: string;
  cells: Cell[];
}
/** Refuses words. */
export function numbers({ name, cells }: LogColumn): (number | null)[] {
  return cells.map((cell, row) => {
    if (typeof cell === 'string')
      throw new DataError(`${name}, row ${row + 1}`, cell, 'must be a number, NaN, or empty');
    return cell;
  });
}

/** The row of each epoch: the last with a value for each index, or without an index every row until the last value. */
export function lastOfEach(column: LogColumn, index: readonly Cell[] | undefined): number[] {
  const values = numbers(column);
  if (!index) return Array.from({ length: values.findLastIndex((value) => value !== null) + 1 }, (_, row) => row);
  const last = new Map<Cell, number>();
  values.forEach((value, row) => {
    if (value !== null) last.set(index[row] ?? null, row);
  });
  return [...last.values()].sort((a, b) => a - b);
}

/**
 * What was logged last for the same index, be it in a row before or after, since loggers write an epoch over several rows;
 * or else last since the evaluation before.
 */
export function besideRows(
  column: LogColumn,
  rows: readonly number[],
  index: readonly Cell[] | undefined,
): (number | null)[] {
  const values = numbers(column);
  const same = new Map<Cell, number>();
  index?.forEach((at, row) => {
    if (values[row] !== null) same.set(at, values[row]!);
  });
  return rows.map((row, i) => {
    const found = index && same.get(index[row] ?? null);
    if (found !== undefined) return found;
    const from = index ? (rows[i - 1] ?? -1) + 1 : row;
    return values.slice(from, row + 1).findLast((value) => value !== null) ?? null;
  });
}
