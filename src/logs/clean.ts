/** @file What stands in a table and is no part of a history: padding with nan, and the summary at the end of a run. */
import { clocksOf, isClock, sameTime } from './clocks.ts';
import type { Column, LogTable } from './table.ts';

/** The Hugging Face Trainer writes these once, with the mean training loss of the whole run. */
const SUMMARY = /^(?:train_runtime|train\/train_runtime|train_samples_per_second)$/;

export function cleaned(table: LogTable): LogTable {
  if (table.bare) return table;
  const padded = table.columns.some((column) => !isClock(column) && comesBack(column));
  const columns = padded
    ? table.columns.map((column) => keep(column, (_, cell) => !Number.isNaN(cell)))
    : table.columns;
  const summaries = new Set(columns.filter(({ name }) => SUMMARY.test(name)).flatMap(({ rows }) => rows));
  const clean = { ...table, columns };
  if (summaries.size === 0) return clean;
  // What is evaluated after it is the best model once more.
  const clocks = clocksOf(clean);
  const after = [...summaries];
  const dropped = (row: number): boolean =>
    summaries.has(row) || after.some((summary) => row > summary && sameTime(clocks, row, summary));
  return {
    ...clean,
    columns: columns.map((column) => keep(column, (row) => !dropped(row))),
    notes: [
      ...table.notes,
      'The summary at the end of the training (train_runtime, mean train_loss) is no evaluation.',
    ],
  };
}

/** A training that diverged does not recover again and again: nan is then how the table says that there is no value. */
function comesBack({ cells }: Column): boolean {
  let returns = 0;
  cells.forEach((cell, i) => {
    if (i > 0 && Number.isNaN(cells[i - 1]) && typeof cell === 'number' && !Number.isNaN(cell)) returns++;
  });
  return returns > 1;
}

function keep({ name, rows, cells }: Column, kept: (row: number, cell: Column['cells'][number]) => boolean): Column {
  const at = rows.flatMap((row, i) => (kept(row, cells[i]!) ? [i] : []));
  return { name, rows: at.map((i) => rows[i]!), cells: at.map((i) => cells[i]!) };
}
