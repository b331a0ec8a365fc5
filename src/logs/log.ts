/** @file A log that was read: its runs, what is watched of them, what they are judged by, and their curves. */
import { curveBeside, loggedCurve, type LogCurve } from './curves.ts';
import type { Direction } from '../stopping/rule.ts';
import { keyOf, seriesInWords, type LoggedRun } from './runs.ts';
import { unitsOf } from './units.ts';
import { choicesOf, judgedOf, watchedOf, type WatchChoice, type JudgedBy } from './watch.ts';

/** What the reader chose; what is left out is chosen by its name. */
export interface Choices {
  watch?: string;
  judge?: string;
  /** Of the watched metric, where its name does not say it or says it wrongly. */
  direction?: Direction;
}

export interface RunCurves {
  name: string;
  /** Training metrics beside each evaluation of what is watched; the others as they were logged. */
  curves: LogCurve[];
}

export interface Log {
  runs: RunCurves[];
  watched: WatchChoice;
  judged: JudgedBy;
  /** Sentences on how the log was read. */
  notes: string[];
  /** What else could be watched. */
  choices: WatchChoice[];
}

/** More lines say nothing new. */
const UNITS_SAID = 3;

/** Throws a LogError where a choice is not in the log. */
export function logOf(
  runs: readonly LoggedRun[],
  notes: ReadonlySet<string>,
  { watch, judge, direction }: Choices = {},
): Log {
  const found = watchedOf(runs, watch);
  const watched = { ...found, direction: direction ?? found.direction };
  const judged = judgedOf(runs, watched, judge);
  const kept = runs.filter((run) => has(run, watched));
  const curves = kept.map((run): RunCurves => ({ name: run.name, curves: curvesOf(run, watched) }));
  const without = runs.filter((run) => !has(run, watched)).map(({ name }) => name);
  const said = [
    ...new Set(curves.slice(0, UNITS_SAID).map((run) => unitsIn(run, watched))),
    ...(curves.length > UNITS_SAID ? [`${curves.length} runs in all.`] : []),
    ...watchedInWords(watched),
    ...(without.length > 0 ? [`Left out, for they have no ${seriesInWords(watched)}: ${listed(without)}.`] : []),
    ...notes,
    ...(judged.warning === '' ? [`Judged by the ${seriesInWords(judged)}.`] : [judged.warning]),
  ];
  return { runs: curves, watched, judged, notes: said, choices: choicesOf(runs) };
}

const has = ({ series }: LoggedRun, choice: WatchChoice) => series.some((one) => keyOf(one) === keyOf(choice));

const listed = (names: readonly string[]): string =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');

function curvesOf({ series, clocks }: LoggedRun, watched: WatchChoice): LogCurve[] {
  const evaluations = series.find((one) => keyOf(one) === keyOf(watched))!;
  return series.flatMap((one) => {
    if (one === evaluations || one.split !== 'train' || watched.split === 'train') return [loggedCurve(one, clocks)];
    const curve = curveBeside(one, evaluations.column.rows, clocks);
    return curve.values.some((value) => value !== null) ? [curve] : [];
  });
}

function unitsIn({ name, curves }: RunCurves, watched: WatchChoice): string {
  const curve = curves.find((one) => keyOf(one) === keyOf(watched))!;
  const [count, ...every] = unitsOf(curve);
  return [`${name}: ${count} of the ${seriesInWords(watched)} (${curve.name})`, ...every].join(', ') + '.';
}

function watchedInWords(watched: WatchChoice): string[] {
  const notes: string[] = [];
  if (watched.split === 'train')
    notes.push('There is no validation metric with values: the training metric is watched.');
  if (watched.split === 'test') notes.push('There is no validation metric with values: the test metric is watched.');
  if (watched.direction === null)
    notes.push(`The name ${watched.metric} does not say whether less or more is better: say it, min or max.`);
  if (/^mAP(?:_0\.5:0\.95|50-95)/.test(watched.metric)) notes.push('Ultralytics stops by mAP50-95, which grows.');
  return notes;
}
