/** @file The runs of a log as the page has them: what rules watch, and as replicas that every rule can be replayed on. */
import type { ReplicaRecord } from '../stopping/records.ts';
import type { LogCurve } from './curves.ts';
import type { Log } from './log.ts';
import type { Direction } from '../stopping/rule.ts';
import { keyOf } from './runs.ts';

/** One run of a real job. Null stands where a list of values has a gap. */
export interface OwnRun {
  name: string;
  /** What rules watch: the validation metric, or the only metric there is. */
  validation: (number | null)[];
  /** Its name. */
  metric: string;
  direction: Direction;
  /** Whether it is in per cent, so that its error is its distance from 100. */
  percent: boolean;
  /** Training loss at each evaluation, the last one logged before it; null if it was not logged. */
  train: (number | null)[] | null;
  /** A test metric at each evaluation; null if it is not what stops are judged by. */
  test: (number | null)[] | null;
}

/** Where the name of the metric says no direction, less is taken for better; the notes of the log say so. */
export function ownRunsOf({ runs, watched, judged }: Log): OwnRun[] {
  const byTest = judged.split === 'test' && keyOf(judged) !== keyOf(watched);
  return runs.map(({ name, curves }) => {
    const of = (key: string) => curves.find((curve) => keyOf(curve) === key);
    const { values, metric, percent } = of(keyOf(watched))!;
    const train = curves.find(
      ({ split, metric: other, values: all }) =>
        split === 'train' && /loss/i.test(other) && all.length === values.length,
    );
    return {
      name,
      validation: values,
      metric,
      direction: watched.direction ?? 'min',
      percent,
      train: train && watched.split !== 'train' ? train.values : null,
      test: byTest ? asLong(of(keyOf(judged)), values.length) : null,
    };
  });
}

/** A test curve may end a little earlier. */
const asLong = (curve: LogCurve | undefined, length: number) =>
  curve ? Array.from({ length }, (_, i) => curve.values[i] ?? null) : null;

/** What the runs are judged by: their own test metric, or, for want of one, the validation metric that rules saw too. */
export const judgedBy = (runs: readonly OwnRun[]) => (runs.every(({ test }) => test) ? 'test' : 'validation');

/**
 * The runs as replicas. What shrinks is a loss; the error of what grows is its distance from 1, or from 100 per cent; a gap
 * has none.
 */
export function recordsOfRuns(runs: readonly OwnRun[]): ReplicaRecord[] {
  const judge = judgedBy(runs);
  return runs.map((run) => {
    const shrinks = run.direction === 'min';
    const whole = run.percent ? 100 : 1;
    const error = run[judge]!.map((value) => (value === null ? NaN : shrinks ? value : whole - value));
    return {
      epochs: run.validation.length,
      curves: {
        [shrinks ? 'validation-loss' : 'validation-accuracy']: run.validation,
        ...(run.train && { 'training-loss': run.train }),
      },
      testLoss: shrinks ? run.test : null,
      error,
    };
  });
}
