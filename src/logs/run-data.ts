/** @file The runs of a log in typed arrays: what a page replays rules on, small enough to be handed from thread to thread. */
import type { Direction } from '../stopping/rule.ts';
import type { LogCurve, LogValues } from './curves.ts';
import { logOf, type Choices, type RunCurves } from './log.ts';
import type { LogClock } from './names/clocks.ts';
import type { ReadLogs } from './read-logs.ts';
import { keyOf } from './runs.ts';
import { unitsOf } from './units.ts';
import type { JudgedBy, WatchChoice } from './watch.ts';

/** A value for each evaluation. */
export interface RunValues {
  /** As logged; NaN also where nothing was. */
  values: Float64Array<ArrayBuffer>;
  /** 1 where nothing was logged; null where that is nowhere. */
  gaps: Uint8Array<ArrayBuffer> | null;
}

export interface LogRun {
  name: string;
  /** What rules watch. */
  watched: RunValues;
  /** What stops are judged by; null: by what is watched. */
  judged: RunValues | null;
  /** The training loss beside each evaluation; null where the run has none. */
  train: RunValues | null;
  /** Of each evaluation, NaN where it is not known; what the log lacks is not there. Time is in seconds. */
  clock: Partial<Record<LogClock, Float64Array<ArrayBuffer>>>;
}

/** A metric that is watched or judged by, as all runs have it. */
export interface MetricInUse extends WatchChoice {
  /** Whether its values are per cent. */
  percent: boolean;
}

export interface LogData {
  runs: LogRun[];
  watched: MetricInUse;
  judged: MetricInUse & Pick<JudgedBy, 'warning'>;
  /** What could be watched or judged by instead, with a direction where one is known. */
  choices: WatchChoice[];
  notes: string[];
  /** What an evaluation was in the first run: `8 evaluations, every 500 steps`. */
  units: string;
}

/** How a choice is named where one of several is asked for. */
export const choiceKey = ({ split, set, metric }: Pick<WatchChoice, 'split' | 'set' | 'metric'>): string =>
  `${split}/${set === null ? '' : `${set}/`}${metric}`;

/** Throws a LogError where a choice is not in the logs, or not in a run that has what is watched. */
export function logData({ runs, notes }: ReadLogs, choices: Choices = {}): LogData {
  const log = logOf(runs, notes, choices);
  const byOther = keyOf(log.judged) !== keyOf(log.watched);
  const curveIn = ({ curves }: RunCurves, of: WatchChoice) => curves.find((curve) => keyOf(curve) === keyOf(of));
  const first = curveIn(log.runs[0]!, log.watched)!;
  const anyPercent = (of: WatchChoice) => log.runs.some((run) => curveIn(run, of)?.percent === true);
  return {
    runs: log.runs.map((run) => {
      const watched = curveIn(run, log.watched)!;
      const judged = byOther ? curveIn(run, log.judged) : null;
      return {
        name: run.name,
        watched: typed(watched.values),
        judged: judged ? typed(asLong(judged.values, watched.values.length)) : null,
        train: trainOf(run, watched),
        clock: clocksOf(watched),
      };
    }),
    watched: { ...log.watched, percent: anyPercent(log.watched) },
    judged: { ...log.judged, percent: anyPercent(log.judged) },
    choices: log.choices,
    notes: log.notes,
    units: unitsOf(first).join(', '),
  };
}

/** What can be transferred of it. */
export function buffersOf({ runs }: LogData): ArrayBuffer[] {
  return runs.flatMap(({ watched, judged, train, clock }) => [
    ...[watched, judged, train].flatMap((one) =>
      one ? [one.values.buffer, ...(one.gaps ? [one.gaps.buffer] : [])] : [],
    ),
    ...Object.values(clock).map(({ buffer }) => buffer),
  ]);
}

/** As rules read it: null where nothing was logged. */
export function historyOf({ values, gaps }: RunValues): ArrayLike<number | null> {
  return gaps ? Array.from(values, (value, i) => (gaps[i] ? null : value)) : values;
}

function typed(values: LogValues): RunValues {
  const gaps = values.includes(null) ? Uint8Array.from(values, (value) => Number(value === null)) : null;
  return { values: Float64Array.from(values, (value) => value ?? NaN), gaps };
}

/** A curve beside what is watched may end a little earlier. */
const asLong = (values: LogValues, length: number): LogValues =>
  values.length === length ? values : Array.from({ length }, (_, i) => values[i] ?? null);

function trainOf({ curves }: RunCurves, watched: LogCurve): RunValues | null {
  if (watched.split === 'train') return null;
  const train = curves.find(
    ({ split, metric, values }) => split === 'train' && /loss/i.test(metric) && values.length === watched.values.length,
  );
  return train ? typed(train.values) : null;
}

function clocksOf({ clock }: LogCurve): LogRun['clock'] {
  const entries = Object.entries(clock) as [LogClock, LogValues][];
  return Object.fromEntries(entries.map(([name, at]) => [name, Float64Array.from(at, (value) => value ?? NaN)]));
}

/** How much worse a value is than nothing: itself where less is better, else its distance from 1 or from 100 per cent. */
export function errorOfValue(value: number, direction: Direction, percent: boolean): number {
  return direction === 'min' ? value : (percent ? 100 : 1) - value;
}
