/** @file Runs that go on with other settings: a stage is how they train from some epoch on. */
import type { Experiment, Stage, StageTraining } from './experiment.ts';
import { STAGE } from './settings/training.ts';
import { OPTIMIZERS } from '../training/optimizers.ts';
import type { TrainerState } from '../trainers/trainer.ts';

/** The stage that an experiment's own settings amount to, from some epoch on. */
export function stageOf({ training, model }: Experiment, from: number): Stage {
  const own = Object.keys(STAGE.training).map((key) => [key, training[key as keyof StageTraining]]);
  return { from, training: Object.fromEntries(own) as StageTraining, dropout: model.dropout };
}

/**
 * The experiment as it is in the epoch after `epoch` trained ones: with the settings of the stage that has begun by then,
 * which is the only one it has left; `rateAt` counts a schedule's time from its beginning.
 */
export function inStage(experiment: Experiment, epoch: number): Experiment {
  const { stages, training, model } = experiment;
  if (stages.length === 0) return experiment;
  const stage = stages.findLast(({ from }) => from <= epoch);
  if (!stage) return { ...experiment, stages: [] };
  return {
    ...experiment,
    training: { ...training, ...stage.training },
    model: { ...model, dropout: stage.dropout },
    stages: [stage],
  };
}

/** The experiment in the stage that a trainer's state belongs to: one that has not taken a step begins the stage there. */
export function stageOfState(
  experiment: Experiment,
  { epoch, step }: Pick<TrainerState, 'epoch' | 'step'>,
): Experiment {
  return inStage(experiment, step === 0 ? epoch : epoch - 1);
}

/** Epochs trained when the next stage begins; infinite if none does. */
export function nextStage({ stages }: Experiment, epoch: number): number {
  return stages.find(({ from }) => from > epoch)?.from ?? Infinity;
}

/** Where a stage begins: with the weights `[R, P]` so far, and an optimizer that remembers nothing. */
export function beginning({ training }: Experiment, epoch: number, weights: Float32Array): TrainerState {
  const slots = OPTIMIZERS[training.optimizer.name].slots.map(() => new Float32Array(weights.length));
  return { epoch, step: 0, weights, slots };
}
