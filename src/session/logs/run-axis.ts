/** @file What the numbers along the runs of a log count: evaluations, or the epochs, steps or hours of the job. */
import type { LogData, LogRun } from '../../logs/run-data.ts';

export const LOG_UNITS = ['evaluations', 'epochs', 'steps', 'time'] as const;
export type LogUnit = (typeof LOG_UNITS)[number];

const CLOCKS = { epochs: 'epoch', steps: 'step', time: 'time' } as const;

/** Of what every run knows the value at each evaluation, in order; where each evaluation is one epoch they are one. */
export function unitsIn({ runs }: LogData): LogUnit[] {
  const known = LOG_UNITS.filter((unit) => unit !== 'evaluations' && runs.every((run) => isOrdered(run, unit)));
  return known.includes('epochs') && runs.every(isEpochwise) ? known : ['evaluations', ...known];
}

function isOrdered({ clock }: LogRun, unit: Exclude<LogUnit, 'evaluations'>): boolean {
  const at = clock[CLOCKS[unit]];
  if (!at || at.length === 0) return false;
  return at.every((value, i) => Number.isFinite(value) && (i === 0 || value >= at[i - 1]!)) && at.at(-1)! > at[0]!;
}

function isEpochwise({ clock }: LogRun): boolean {
  const at = clock.epoch!;
  return (at[0] === 0 || at[0] === 1) && at.every((value, i) => i === 0 || value - at[i - 1]! === 1);
}

/** Where an evaluation stands: evaluations and epochs count from 1, time from the first evaluation, in seconds. */
export function axisPlace(run: LogRun, unit: LogUnit): (evaluation: number) => number {
  if (unit === 'evaluations') return (evaluation) => evaluation + 1;
  const at = run.clock[CLOCKS[unit]]!;
  if (unit === 'epochs' && isEpochwise(run)) return (evaluation) => evaluation + 1;
  if (unit === 'time') return (evaluation) => at[evaluation]! - at[0]!;
  return (evaluation) => at[evaluation]!;
}

/** One of them, in the singular. */
export const NOUNS: Readonly<Record<LogUnit, string>> = {
  evaluations: 'evaluation',
  epochs: 'epoch',
  steps: 'step',
  time: 'time',
};
