/** @file From tables to runs: their series, one for each split, set and metric, and their clocks. */
import { cleaned } from './clean.ts';
import { clocksOf, type Clocks } from './clocks.ts';
import { ONE_VALUE, runsIn } from './groups.ts';
import { LogError, excerpt } from './log-error.ts';
import { MAX_RUNS } from './limits.ts';
import { metricIn } from './names/metrics.ts';
import { rolesOf, type Series } from './roles.ts';
import type { LogTable } from './table.ts';
import { pivoted } from './tidy.ts';

export interface LoggedRun {
  name: string;
  series: Series[];
  clocks: Clocks;
}

/** The runs in tables; `fallback` names a run that has no name of its own. Notes are added to `notes`. */
export function runsOf(tables: readonly LogTable[], fallback: string, notes: Set<string>): LoggedRun[] {
  const runs: LoggedRun[] = [];
  let refused: LogError | null = null;
  for (const table of tables) {
    try {
      runs.push(...runsOfTable(table, fallback, notes));
    } catch (error) {
      // A document may hold other tables beside that of its history.
      if (!(error instanceof LogError) || tables.length === 1) throw error;
      refused ??= error;
    }
    if (runs.length > MAX_RUNS)
      throw new LogError('runs', String(runs.length), `must be at most ${MAX_RUNS}; choose some`);
  }
  if (runs.length === 0 && refused) throw refused;
  if (runs.length > 1 && runs.every(({ series }) => series.every(({ column }) => column.cells.length === 1)))
    throw new LogError(runs[0]!.name, String(runs[0]!.series[0]!.column.cells[0]), ONE_VALUE);
  return runs;
}

function runsOfTable(table: LogTable, fallback: string, notes: Set<string>): LoggedRun[] {
  const runs: LoggedRun[] = [];
  for (const part of runsIn(pivoted(table))) {
    const tidy = cleaned(part);
    for (const note of tidy.notes) notes.add(note);
    const roles = rolesOf(tidy);
    for (const note of roles.notes) notes.add(note);
    const clocks = clocksOf(tidy);
    const byRun = new Map<string, Series[]>();
    for (const series of roles.series) byRun.set(series.run, [...(byRun.get(series.run) ?? []), series]);
    // Beside runs with validation metrics, columns of no run belong to none.
    const validated = [...byRun].filter(([, series]) => series.some(({ split }) => split !== 'train'));
    const kept = validated.length > 0 ? validated : [...byRun];
    const own = kept.map(([run, series]) => ({
      name: [part.run, run].filter((name) => name !== '').join(' ') || fallback,
      series: withoutTwins(series, notes),
      clocks,
    }));
    const [previous] = runs.slice(-1);
    if (previous && own.every(({ series }) => series.every(({ split }) => split === 'test'))) continue;
    runs.push(...own);
  }
  if (runs.length === 0) throw nothingIn(table);
  return runs;
}

/** Of several columns of one role the one for epochs, else the one with more values. */
function withoutTwins(series: readonly Series[], notes: Set<string>): Series[] {
  const kept = new Map<string, Series>();
  for (const one of series) {
    const key = keyOf(one);
    const other = kept.get(key);
    if (!other) {
      kept.set(key, one);
      continue;
    }
    const [better, worse] = isFuller(one, other) ? [one, other] : [other, one];
    kept.set(key, better);
    notes.add(
      `${better.column.name} is read for the ${seriesInWords(better)}, not ${worse.column.name}, which is of the same data.`,
    );
  }
  return [...kept.values()];
}

function isFuller(one: Series, other: Series): boolean {
  const [a, b] = [one.column.cells.length, other.column.cells.length];
  const epochs = one.per === other.per ? 0 : one.per === 'epoch' ? a : other.per === 'epoch' ? b : 0;
  return epochs > 1 ? one.per === 'epoch' : a > b;
}

/** What tells curves of a run apart. */
export const keyOf = ({ split, set, metric }: Pick<Series, 'split' | 'set' | 'metric'>): string =>
  JSON.stringify([split, set, metric.toLowerCase()]);

export const seriesInWords = ({ split, set, metric }: Pick<Series, 'split' | 'set' | 'metric'>): string =>
  `${split === 'train' ? 'training' : split} ${metric}${set === null ? '' : ` of ${set}`}`;

function nothingIn({ columns, length, bare }: LogTable): LogError {
  if (bare) return new LogError('values', 'none', 'is a number; give at least one');
  const words = columns.find((column) => metricIn(column.name) !== null && column.cells.length > 0);
  if (words)
    return new LogError(
      `${words.name}, row ${words.rows[0]! + 1}`,
      String(words.cells[0]),
      'must be a number, NaN, or empty',
    );
  const names = columns.map(({ name }) => name).filter((name) => name !== '');
  const remedy = 'give a column val_loss, or one column for each run';
  if (names.length === 0) return new LogError('columns', 'none', `hold numbers; ${remedy}`);
  if (length > 0) return new LogError('columns', names.join(', '), `hold no numbers; ${remedy}`);
  return new LogError(
    'rows',
    '0',
    `must be at least one below ${excerpt(names.join(', '))}; give the values of every evaluation`,
  );
}
