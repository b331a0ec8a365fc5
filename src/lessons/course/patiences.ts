/** @file Every patience that a lesson shows, on one run: error with the best and with the last weights, epochs, false stops. */
import { paired, type Estimate } from '../../decomposition/estimate.ts';
import { falseStops } from '../../stopping/false-stops.ts';
import { recordsOf } from '../../stopping/records.ts';
import { oncePerRun, type CourseRun } from './course-run.ts';

export const MOST_PATIENCE = 200;
/** Every one to 20, then ever wider apart. */
export const COURSE_PATIENCES: readonly number[] = [
  ...Array.from({ length: 20 }, (_, i) => i + 1),
  ...[22, 25, 28, 30, 32, 35, 40, 45, 50, 60, 70, 80, 90, 100, 120, 140, 160, 180, MOST_PATIENCE],
];

export interface PatienceRow {
  patience: number;
  /** `[R]`: the error of the weights kept, restored to the best and left at the last. */
  restored: Float64Array;
  last: Float64Array;
  /** Means. */
  restoredError: number;
  lastError: number;
  epochs: number;
  /** Share of the replicas whose stop is false. */
  falseShare: number;
}

function rowOf(run: CourseRun, patience: number): Omit<PatienceRow, 'falseShare'> {
  const { stop } = run.withPatience(patience);
  const { stop: left } = run.withPatience(patience, { restore_best_weights: false });
  return {
    patience,
    restored: stop.decomposition!.perReplica,
    last: left.decomposition!.perReplica,
    restoredError: stop.decomposition!.error,
    lastError: left.decomposition!.error,
    epochs: stop.epochs,
  };
}

/** By the rule of the run's own experiment, with each of these patiences in place of its own. */
export const patienceRows = oncePerRun((run): readonly PatienceRow[] => {
  const { probability } = falseStops(recordsOf(run.tape), run.kerasPolicy, run.rules, COURSE_PATIENCES);
  return COURSE_PATIENCES.map((patience, i) => ({ ...rowOf(run, patience), falseShare: probability[i]! }));
});

/** The row of any patience; whole, and within the limits. */
export function patienceRow(run: CourseRun, patience: number): PatienceRow {
  const asked = Math.min(MOST_PATIENCE, Math.max(1, Math.round(patience)));
  const found = patienceRows(run).find((row) => row.patience === asked);
  if (found) return found;
  const { probability } = falseStops(recordsOf(run.tape), run.kerasPolicy, run.rules, [asked]);
  return { ...rowOf(run, asked), falseShare: probability[0]! };
}

/** The error of one row above that of another, paired over replicas. */
export const costOver = (row: PatienceRow, other: PatienceRow): Estimate => paired(row.restored, other.restored)!;

/** What the last weights cost against the best ones. */
export const costOfLast = (row: PatienceRow): Estimate => paired(row.last, row.restored)!;
