/** @file LogValues of a curve: where it was evaluated, and what was logged beside each evaluation. */
import { sameTime, type Clocks } from './clocks.ts';
import { LogError } from './log-error.ts';
import { MAX_VALUES } from './limits.ts';
import type { Direction } from '../stopping/rule.ts';
import type { LogClock } from './names/clocks.ts';
import type { LogSplit } from './names/splits.ts';
import type { Series } from './roles.ts';

/** Null: nothing was logged beside this evaluation. NaN and infinities are values. */
export type LogValues = (number | null)[];

export interface LogCurve {
  /** As the log calls it. */
  name: string;
  split: LogSplit;
  set: string | null;
  metric: string;
  direction: Direction | null;
  /** Whether the values are per cent of something that is at most 1. */
  percent: boolean;
  values: LogValues;
  /** As logged, one for each value; what the log lacks is not there. Time is in seconds. */
  clock: Partial<Record<LogClock, LogValues>>;
}

/** The values of a column as they were logged: an evaluation is a row that has one. */
export function numbersOf({ column }: Series): LogValues {
  if (column.cells.length > MAX_VALUES)
    throw new LogError(column.name, `${column.cells.length} values`, `must be at most ${MAX_VALUES}; thin it out`);
  return column.cells.map((cell, i) => {
    if (typeof cell === 'string')
      throw new LogError(`${column.name}, row ${column.rows[i]! + 1}`, cell, 'must be a number, NaN, or empty');
    return cell;
  });
}

export function loggedCurve(series: Series, clocks: Clocks): LogCurve {
  return curveAt(series, numbersOf(series), series.column.rows, clocks);
}

/** The curve with a value for each evaluation: what was logged beside it. */
export function curveBeside(series: Series, evaluations: readonly number[], clocks: Clocks): LogCurve {
  return curveAt(series, besideRows(series, evaluations, clocks), evaluations, clocks);
}

function curveAt(
  { column, split, set, metric, direction }: Series,
  values: LogValues,
  rows: readonly number[],
  clocks: Clocks,
): LogCurve {
  const clock: LogCurve['clock'] = {};
  for (const [name, at] of Object.entries(clocks) as [LogClock, Float64Array][]) {
    const own = rows.map((row) => (Number.isNaN(at[row]) ? null : at[row]!));
    if (own.some((value) => value !== null)) clock[name] = own;
  }
  return { name: column.name, split, set, metric, direction, percent: isPercent(metric, values), values, clock };
}

/** Shares have names of their own; beyond 1.5 they are per cent. */
function isPercent(metric: string, values: LogValues): boolean {
  if (/%|percent|pct/i.test(metric)) return true;
  if (
    !/acc|auc|f1|m?ap\d*\b|map\d|ents_|tag_|dep_|precision|recall|\bwer|\bcer|error_rate|iou|dice|bleu|rouge|exact|top\d|score/i.test(
      metric,
    )
  )
    return false;
  const finite = values.filter((value) => value !== null && Number.isFinite(value)) as number[];
  return finite.some((value) => value > 1.5) && finite.every((value) => value >= 0 && value <= 100);
}

/**
 * For each evaluation the value that was logged at the same time, on its row or on one near it, else the last since the
 * evaluation before; null where there is none. Where several evaluations have one time, only the order of rows counts.
 */
function besideRows(series: Series, evaluations: readonly number[], clocks: Clocks): LogValues {
  const { rows } = series.column;
  const values = numbersOf(series);
  const beside: LogValues = [];
  let next = 0;
  let claimed = -1;
  evaluations.forEach((row, e) => {
    const [before, after] = [evaluations[e - 1], evaluations[e + 1]];
    const alone =
      (before === undefined || !sameTime(clocks, before, row)) &&
      (after === undefined || !sameTime(clocks, row, after));
    while (next < rows.length && rows[next]! <= row) next++;
    let found = next - 1 > claimed ? next - 1 : -1;
    // Loggers write the training loss of an epoch after the validation of it, too.
    if (alone && (found === -1 || !sameTime(clocks, rows[found]!, row)) && next < rows.length) {
      const follows = rows[next]! < (after ?? Infinity) && sameTime(clocks, rows[next]!, row);
      if (follows) found = next;
    }
    claimed = Math.max(claimed, found, next - 1);
    beside.push(found === -1 ? null : values[found]!);
  });
  return beside;
}
