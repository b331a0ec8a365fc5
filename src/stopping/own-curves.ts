/**
 * @file Bring your own curve: pasted metric histories of real jobs as runs that every rule can be replayed on.
 *
 * Read are CSV with a header (`val_loss`, `loss`, …, or one column for each run), JSON arrays, Keras `History.history` (as
 * JSON or as Python prints it), the `metrics.csv` of Lightning and the CSV that TensorBoard downloads.
 */
import { DataError } from '../engine/data/data-error.ts';
import { parseCell, readLogCsv, readJson, type Cell, type Sheet } from './own-curves/cells.ts';
import { runsOf, type OwnRun } from './own-curves/runs.ts';
import type { ReplicaRecord } from './records.ts';

export type { OwnRun } from './own-curves/runs.ts';

/** More than a page can draw. */
export const MAX_RUNS = 1000;
export const MAX_EPOCHS = 100_000;

/** The runs in a text; `name` is for a run that has none of its own. Throws a `DataError` that says what to correct. */
export function parseCurves(text: string, name = 'run 1'): OwnRun[] {
  const trimmed = text.replace(/^\ufeff/, '').trim();
  if (trimmed === '') throw new DataError('text', '""', 'is empty; paste at least one value');
  const runs = /^[[{]/.test(trimmed) ? fromJson(readJson(trimmed), name) : runsOf(readLogCsv(trimmed), name);
  if (runs.length > MAX_RUNS) throw new DataError('runs', runs.length, `must be at most ${MAX_RUNS}; choose some`);
  for (const run of runs) {
    if (run.validation.length > MAX_EPOCHS)
      throw new DataError(run.name, run.validation.length, `must have at most ${MAX_EPOCHS} values; thin it out`);
  }
  return runs;
}

function fromJson(value: unknown, name: string): OwnRun[] {
  if (Array.isArray(value)) {
    if (value.length === 0) throw new DataError(name, '[]', 'must have at least one value');
    if (value.every((item) => Array.isArray(item) || (isObject(item) && Object.values(item).some(Array.isArray))))
      return value.flatMap((item, i) => fromJson(item, `run ${i + 1}`));
    return runsOf(value.every(isObject) ? fromRows(value) : { names: ['run 1'], columns: [cells(value, name)] }, name);
  }
  if (!isObject(value))
    throw new DataError(name, JSON.stringify(value), 'must be a list of numbers or an object of lists');
  const entries = Object.entries(value);
  if (entries.length === 0) throw new DataError(name, '{}', 'must have at least one list of values');
  if (entries.every(([, item]) => isObject(item))) return entries.flatMap(([run, item]) => fromJson(item, run));
  return runsOf(
    {
      names: entries.map(([key]) => key),
      columns: entries.map(([key, item]) => {
        if (!Array.isArray(item))
          throw new DataError(`${name}: ${key}`, JSON.stringify(item), 'must be a list of numbers');
        if (item.length === 0) throw new DataError(`${name}: ${key}`, '[]', 'must have at least one value');
        return cells(item, key);
      }),
    },
    name,
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function cells(values: readonly unknown[], path: string): Cell[] {
  return values.map((value, i) => {
    if (typeof value === 'number' || value === null) return value;
    const cell = typeof value === 'string' ? parseCell(value) : null;
    if (typeof cell === 'number') return cell;
    throw new DataError(
      `${path}, value ${i + 1}`,
      JSON.stringify(value),
      'must be a number, null, "NaN" or "Infinity"',
    );
  });
}

/** A log of one object an entry, as columns. */
function fromRows(rows: readonly Record<string, unknown>[]): Sheet {
  const names = [...new Set(rows.flatMap(Object.keys))];
  const cell = (value: unknown): Cell =>
    typeof value === 'number' ? value : typeof value === 'string' ? parseCell(value) : null;
  return { names, columns: names.map((name) => rows.map((row) => cell(row[name]))) };
}

/** What the runs are judged by: their own test metric, or, for want of one, the validation metric that rules saw too. */
export const judgedBy = (runs: readonly OwnRun[]) => (runs.every(({ test }) => test) ? 'test' : 'validation');

/** The runs as replicas. The error of an accuracy is its complement; a gap has none. */
export function recordsOfRuns(runs: readonly OwnRun[]): ReplicaRecord[] {
  const judge = judgedBy(runs);
  return runs.map((run) => {
    const error = run[judge]!.map((value) => (value === null ? NaN : run.metric === 'loss' ? value : 1 - value));
    return {
      epochs: run.validation.length,
      curves: { [`validation-${run.metric}`]: run.validation, ...(run.train && { 'training-loss': run.train }) },
      testLoss: run.metric === 'loss' ? run.test : null,
      error,
    };
  });
}
