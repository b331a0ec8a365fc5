/** @file What is watched and what stops are judged by: what there is to choose from, and what is chosen where nothing is said. */
import { LogError } from './log-error.ts';
import type { Direction } from '../stopping/rule.ts';
import type { LogSplit } from './names/splits.ts';
import type { Series } from './roles.ts';
import { keyOf, seriesInWords, type LoggedRun } from './runs.ts';

/** A metric that runs can be stopped or judged by. */
export interface WatchChoice {
  split: LogSplit;
  set: string | null;
  metric: string;
  /** Null where the name of the metric does not say it: then it has to be asked for. */
  direction: Direction | null;
  /** How the log calls it, in the first run that has it. */
  name: string;
  /** Runs that have it. */
  runs: number;
}

export interface JudgedBy extends WatchChoice {
  /** What to keep in mind; empty for a test metric. */
  warning: string;
}

/** Every curve of the runs, the ones that more runs have first. */
export function choicesOf(runs: readonly LoggedRun[]): WatchChoice[] {
  const choices = new Map<string, WatchChoice>();
  for (const run of runs) {
    for (const series of run.series) {
      const choice = choices.get(keyOf(series));
      if (choice) choice.runs++;
      else choices.set(keyOf(series), { ...pick(series), name: series.column.name, runs: 1 });
    }
  }
  return [...choices.values()];
}

const pick = ({ split, set, metric, direction }: Series) => ({ split, set, metric, direction });

/**
 * The choice that a reader names: as the log calls it, by its metric, or by both (`validation/loss`). Without a name the
 * validation loss, else another validation metric, then a test metric, then the training loss: training data are watched
 * only where there is nothing else.
 */
export function watchedOf(runs: readonly LoggedRun[], asked?: string): WatchChoice {
  const choices = choicesOf(runs).filter(({ split, name }) => split !== 'test' || isCurve(runs, name));
  if (asked !== undefined) return named(choices, asked);
  const best = choices
    .map((choice, i) => [rank(choice, runs.length), i] as const)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])[0];
  if (best) return choices[best[1]]!;
  const { name, series } = runs[0]!;
  throw new LogError(
    name,
    series[0]!.column.name,
    'has a test value and no history; give the values of every evaluation',
  );
}

function named(choices: readonly WatchChoice[], asked: string): WatchChoice {
  const plain = (text: string) => text.toLowerCase().replace(/[\s/._-]+/g, '/');
  const forms = (c: WatchChoice) => [
    c.name,
    `${c.split}/${c.set === null ? '' : `${c.set}/`}${c.metric}`,
    `${c.split}/${c.metric}`,
    seriesInWords(c),
    c.metric,
  ];
  for (let form = 0; form < 5; form++) {
    const found = choices.filter((choice) => plain(forms(choice)[form]!) === plain(asked));
    const held = found.find(({ split }) => split === 'validation') ?? found[0];
    if (held) return held;
  }
  throw new LogError(
    'watch',
    asked,
    `is not in the log; use ${[...new Set(choices.map(({ name }) => name))].slice(0, 12).join(', ')}`,
  );
}

const SPLITS: readonly LogSplit[] = ['validation', 'test', 'train'];

function rank({ split, set, metric, direction, runs }: WatchChoice, all: number): number {
  const order = [
    // What Ultralytics stops by.
    /^mAP(?:_0\.5:0\.95|50-95)/.test(metric),
    /^loss$/i.test(metric),
    /(?:^|[^a-z])total_loss$/i.test(metric),
    /loss$/i.test(metric),
    // What spaCy keeps its best model by.
    /^score$/i.test(metric),
    direction === 'min',
    direction === 'max',
    true,
  ].indexOf(true);
  return (all - runs) * 1000 + SPLITS.indexOf(split) * 100 + order * 10 + (set === null ? 0 : 1);
}

/** Whether every test curve of this name has about as many values as what is validated. */
function isCurve(runs: readonly LoggedRun[], name: string): boolean {
  return runs.every(({ series }) => {
    const own = series.find(({ column }) => column.name === name);
    const others = series.filter(({ split }) => split !== 'test').map(({ column }) => column.cells.length);
    return !own || isAboutAsLong(own.column.cells.length, Math.max(0, ...others.filter((length) => length > 0)));
  });
}

const isAboutAsLong = (length: number, other: number): boolean => (other === 0 ? length > 0 : length >= 0.8 * other);

/**
 * What stops are judged by: a test metric where every run has a curve of it, about as many values as of what is watched;
 * else the validation metric that the reader names; else the watched one, with a warning.
 */
export function judgedOf(runs: readonly LoggedRun[], watched: WatchChoice, asked?: string): JudgedBy {
  const choices = choicesOf(runs);
  if (asked !== undefined) {
    const choice = named(choices, asked);
    return { ...choice, warning: keyOf(choice) === keyOf(watched) ? sawIt(watched) : '' };
  }
  const tests = choices.filter(
    (choice) =>
      choice.split === 'test' && watched.split !== 'test' && runs.every((run) => testsAsOften(run, choice, watched)),
  );
  const test =
    tests.find(({ metric }) => metric.toLowerCase() === watched.metric.toLowerCase()) ??
    tests.find(({ direction }) => direction !== null);
  return test ? { ...test, warning: '' } : { ...watched, warning: sawIt(watched) };
}

function testsAsOften({ series }: LoggedRun, test: WatchChoice, watched: WatchChoice): boolean {
  const [one, other] = [test, watched].map(
    (choice) => series.find((s) => keyOf(s) === keyOf(choice))?.column.cells.length ?? 0,
  );
  return other === 0 || (one! > 0 && isAboutAsLong(one!, other!));
}

const sawIt = (watched: WatchChoice): string =>
  watched.split === 'train'
    ? `Judged by the ${seriesInWords(watched)} that the rule watches: it says nothing about new data.`
    : `Judged by the ${seriesInWords(watched)} that the rule watches: on fresh data expect a little worse.`;
