/** @file Which settings a run can continue with, and the experiment that results. */
import type { Experiment } from '../engine/experiment/experiment.ts';
import { tapeKey } from '../engine/experiment/keys.ts';
import { parse } from '../engine/experiment/schema.ts';
import { stageOf } from '../engine/experiment/stages.ts';

/** Whether `now` differs from a run's experiment in nothing but what a stage may have of its own, and in some of it. */
export function canContinue(run: Experiment, now: Experiment): boolean {
  const { training, dropout } = stageOf(run, 0);
  const alike = {
    ...now,
    training: { ...now.training, ...training },
    model: { ...now.model, dropout },
    stages: run.stages,
  };
  return tapeKey(now) !== tapeKey(run) && tapeKey(alike) === tapeKey(run);
}

/**
 * The run's experiment with a stage that begins after so many epochs and has the settings of `now`; stages that began
 * later are gone. Throws, naming the field, where the settings do not allow it.
 */
export function continued(run: Experiment, now: Experiment, epochs: number): Experiment {
  const parsed = parse({
    ...run,
    stopping: now.stopping,
    training: { ...run.training, epochs: Math.max(now.training.epochs, epochs + 1) },
    stages: [...run.stages.filter(({ from }) => from < epochs), stageOf(now, epochs)],
  });
  if (parsed.ok) return parsed.experiment;
  throw new Error(parsed.problems.map(({ path, remedy }) => `${path} ${remedy}`).join('; '));
}
