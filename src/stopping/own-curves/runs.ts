/** @file Makes runs from a sheet of metric columns: one validation history each, and what was logged beside it. */
import { DataError } from '../../engine/data/data-error.ts';
import { besideRows, lastOfEach, numbers, type LogColumn } from './align.ts';
import type { Cell, Sheet } from './cells.ts';
import { groupColumn, indexColumn, isIncidental, metricOf, type LogMetric, type Role } from './roles.ts';

/** One run of a real job. An epoch here is one evaluation; null stands where an array or column has a gap. */
export interface OwnRun {
  name: string;
  /** What rules watch: the validation metric, or the only metric there is. */
  validation: (number | null)[];
  metric: LogMetric;
  /** Training loss at each evaluation, the last one logged before it; null if it was not logged. */
  train: (number | null)[] | null;
  /** Test metric, of the same kind as the validation metric; null if it was not logged. */
  test: (number | null)[] | null;
}

type Tracks = Partial<Record<`${Role}-${LogMetric}`, LogColumn>>;

/** `name` is for a run that has no name of its own. */
export function runsOf(sheet: Sheet, name: string): OwnRun[] {
  const by = groupColumn(sheet.names);
  if (by !== -1) return grouped(sheet, by).flatMap(([group, part]) => runsOf(part, group));
  const index = sheet.columns[indexColumn(sheet.names)];
  const columns = sheet.names.map((column, i) => ({ name: column, cells: sheet.columns[i]! }));
  if (isTensorBoard(sheet.names)) {
    const { cells } = columns.find((column) => column.name.toLowerCase() === 'value')!;
    return [runOf({ 'validation-loss': { name: 'Value', cells } }, name, index)];
  }

  const runs = new Map<string, Tracks>();
  for (const column of columns) {
    const named = metricOf(column.name);
    if (!named) continue;
    const tracks = runs.get(named.run) ?? {};
    const track = `${named.role}-${named.metric}` as const;
    if (!tracks[track] || !named.perStep) tracks[track] = column;
    runs.set(named.run, tracks);
  }
  // Beside validation metrics, a loss of its own name (`kl_loss`) is a part of the training loss and no run.
  const validated = [...runs].filter(([, tracks]) => tracks['validation-loss'] ?? tracks['validation-accuracy']);
  if (runs.size > 0) {
    const kept = validated.length > 0 ? validated : [...runs];
    return kept.map(([run, tracks]) => runOf(tracks, run || name, index));
  }

  const numeric = columns.filter((c) => !isIncidental(c.name) && c.cells.some((cell) => typeof cell === 'number'));
  if (numeric.length === 0) {
    throw new DataError(
      'columns',
      sheet.names.join(', '),
      'hold no numbers; give a column val_loss, or one column for each run',
    );
  }
  return numeric.map((column) =>
    runOf({ 'validation-loss': column }, numeric.length === 1 ? name : column.name, undefined),
  );
}

function isTensorBoard(names: readonly string[]): boolean {
  const lower = names.map((name) => name.toLowerCase());
  return ['wall time', 'step', 'value'].every((name) => lower.includes(name));
}

/** The rows of each run, in the order of their first rows. */
function grouped({ names, columns }: Sheet, by: number): [string, Sheet][] {
  const rows = new Map<string, number[]>();
  columns[by]!.forEach((cell, row) => {
    const group = typeof cell === 'number' ? `${names[by]} ${cell}` : (cell ?? `no ${names[by]}`);
    const before = rows.get(group);
    if (before) before.push(row);
    else rows.set(group, [row]);
  });
  const others = names.flatMap((_, i) => (i === by ? [] : i));
  return [...rows].map(([group, at]) => [
    group,
    { names: others.map((i) => names[i]!), columns: others.map((i) => at.map((row) => columns[i]![row] ?? null)) },
  ]);
}

/** What is watched if there is a choice, the first first. */
const WATCHED = [
  'validation-loss',
  'validation-accuracy',
  'train-loss',
  'train-accuracy',
  'test-loss',
  'test-accuracy',
] as const;

function runOf(tracks: Tracks, name: string, index: readonly Cell[] | undefined): OwnRun {
  const track = WATCHED.find((candidate) => tracks[candidate])!;
  const [role, metric] = track.split('-') as [Role, LogMetric];
  const watched = tracks[track]!;
  const rows = lastOfEach(watched, index);
  const values = numbers(watched);
  const validation = rows.map((row) => values[row]!);
  if (validation.length === 0) throw new DataError(`${name}: ${watched.name}`, '[]', 'must have at least one value');
  const beside = (column: LogColumn | undefined) => {
    if (!column || column === watched || column.cells.every((cell) => cell === null)) return null;
    if (column.cells.length !== watched.cells.length) {
      const remedy = `values must be as many as of ${watched.name} (${watched.cells.length}); fill gaps with null or leave it out`;
      throw new DataError(`${name}: ${column.name}`, column.cells.length, remedy);
    }
    return besideRows(column, rows, index);
  };
  const train = role === 'validation' ? beside(tracks['train-loss']) : null;
  return { name, validation, metric, train, test: beside(tracks[`test-${metric}`]) };
}
