/** @file What Optuna keeps of the trials of a study, and the pruners by which a trial may be stopped. */
import type { Direction } from '../rule.ts';
import type { RunsWatch } from './runs-rule.ts';

export interface Trial {
  number: number;
  /** By step, in the order in which they were reported. */
  values: Map<number, number>;
  state: 'running' | 'complete' | 'pruned';
  /** The value with which it completed each rung of successive halving. */
  rungs: number[];
}

/** Looks at a trial after it reported; why it is pruned, else null. `trials` are all of the study, by number. */
export type Pruner = (trial: Trial, trials: readonly Trial[]) => string | null;

export const lastStep = ({ values }: Trial): number => Math.max(-1, ...values.keys());
export const signOfStudy = (direction: Direction): 1 | -1 => (direction === 'min' ? 1 : -1);

/** A study whose trials are the runs. */
export function studyOf(prune: Pruner): RunsWatch {
  const trials: Trial[] = [];
  const trialOf = (number: number): Trial => {
    for (let i = trials.length; i <= number; i++)
      trials.push({ number: i, values: new Map(), state: 'running', rungs: [] });
    return trials[number]!;
  };
  return {
    report(run, step, value) {
      const trial = trialOf(run);
      trial.values.set(step, value);
      return prune(trial, trials);
    },
    end(run, stopped) {
      trialOf(run).state = stopped ? 'pruned' : 'complete';
    },
  };
}

/** Whether a step is the first that was reported in its interval. */
export function isFirstInInterval(trial: Trial, warmUp: number, interval: number): boolean {
  const step = lastStep(trial);
  if (step < warmUp) return false;
  const begin = Math.floor((step - warmUp) / interval) * interval + warmUp;
  const before = Math.max(-1, ...[...trial.values.keys()].filter((other) => other !== step));
  return before < begin;
}
