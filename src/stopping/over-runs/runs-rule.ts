/**
 * @file A rule over a set of runs: which of them it stops, and where, given what the others reported.
 *
 * What a run is compared with depends on the order in which the runs report: one after another, each to its end, as a study
 * of one process does; or side by side, step for step, as on a cluster with room for all of them.
 */
import type { Direction, Parameter, SettingsOf } from '../rule.ts';

type Parameters = Readonly<Record<string, Parameter>>;

export const ORDERS = ['one-after-another', 'side-by-side'] as const;
export type ReportOrder = (typeof ORDERS)[number];

/** Such a rule at work on a set of runs. Runs and steps are indices from 0. */
export interface RunsWatch {
  /** Takes the value of a run at a step; why the run is stopped there, else null. */
  report(run: number, step: number, value: number): string | null;
  /** The run is over, by a stop or by its end. */
  end(run: number, stopped: boolean): void;
}

export interface RunsRule<P extends Parameters = Parameters> {
  label: string;
  version: string;
  /** One or two sentences: what is particular about it. */
  help: string;
  parameters: P;
  /** In which order the runs report where nothing else is said. */
  order: ReportOrder;
  /** What is wrong with settings that are each within their limits; null if they fit together. */
  trouble?(settings: SettingsOf<P>): string | null;
  /** `study` is the name of the study, on which Hyperband's brackets depend. */
  start(settings: SettingsOf<P>, direction: Direction, study: string): RunsWatch;
}

export interface RunOfSet {
  /** Last step taken; −1 for a run without values. */
  stop: number;
  /** False if the run came to its end. */
  fired: boolean;
  /** The step with the best value until then, the first of several; −1 if there is none. */
  best: number;
  why: string;
}

/** What is said of how it goes about it. */
export interface RunsOptions {
  direction: Direction;
  order?: ReportOrder;
  study?: string;
}

/** A missing value (null) is not reported. Every run is followed to its stop or to its end. */
export function replayRuns<P extends Parameters>(
  runs: readonly (readonly (number | null)[])[],
  rule: RunsRule<P>,
  settings: SettingsOf<P>,
  { direction, order = rule.order, study = 'study' }: RunsOptions,
): RunOfSet[] {
  const watch = rule.start(settings, direction, study);
  const reasons = runs.map((): string | null => null);
  const stops = runs.map(() => -1);
  /** Takes a step of a run; true if the run is over then. */
  const take = (run: number): boolean => {
    const values = runs[run]!;
    if (stops[run]! + 1 < values.length) {
      const step = ++stops[run]!;
      const value = values[step]!;
      reasons[run] = value === null ? null : watch.report(run, step, value);
      if (reasons[run] === null && step + 1 < values.length) return false;
    }
    watch.end(run, reasons[run] !== null);
    return true;
  };
  let open = runs.map((_, run) => run);
  if (order === 'one-after-another') for (const run of open) while (!take(run));
  else while (open.length > 0) open = open.filter((run) => !take(run));
  return runs.map((values, run) => {
    const stop = stops[run]!;
    const reason = reasons[run]!;
    const best = bestOf(values.slice(0, stop + 1), direction);
    const steps = stop === 0 ? '1 step' : `${stop + 1} steps`;
    const why = reason === null ? `Not stopped after ${steps}.` : `Stopped after ${steps}: ${reason}.`;
    return { stop, fired: reason !== null, best, why };
  });
}

function bestOf(values: readonly (number | null)[], direction: Direction): number {
  let best = -1;
  values.forEach((value, step) => {
    if (value === null || Number.isNaN(value)) return;
    const before = best === -1 ? null : values[best]!;
    if (before === null || (direction === 'min' ? value < before : value > before)) best = step;
  });
  return best;
}
