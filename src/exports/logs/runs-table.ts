/** @file What a rule would have done with each run of a log, as a table: CSV. */
import { textFile, type ExportFile } from '../files.ts';

export interface RunRow {
  run: string;
  evaluations: number;
  /** Counted from 1; null: there is none, or it is never stopped. */
  bestAt: number | null;
  stopsAt: number | null;
  keeps: number;
  /** In the metric as it is logged; NaN where it is worth nothing. */
  valueKept: number;
  /** How much worse than the best of the run, 0 or more. */
  againstBest: number;
  /** Seconds of the job saved; null where the log does not say. */
  secondsSaved: number | null;
}

const HEAD = ['run', 'evaluations', 'best_at', 'stops_at', 'keeps', 'value_kept', 'against_best', 'seconds_saved'];

/** A name in quotes where it needs them; one that a spreadsheet would take for a formula begins with an apostrophe. */
function quotedName(name: string): string {
  const safe = /^[=+\-@\t\r]/.test(name) ? `'${name}` : name;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const number = (value: number | null) => (value === null || Number.isNaN(value) ? '' : String(value));

export function runsTable(rows: readonly RunRow[]): ExportFile {
  const lines = rows.map(({ run, ...numbers }) => [quotedName(run), ...Object.values(numbers).map(number)].join(','));
  return textFile('patience-logs.csv', 'text/csv', `${[HEAD.join(','), ...lines].join('\n')}\n`);
}
