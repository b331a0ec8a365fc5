/** @file The batch size and the learning rate factors that a run begins with. */
import { batchSizeOf } from './batches.ts';
import type { Job, StepSettings } from '../trainers/trainer.ts';

/** Minibatches as the experiment has them, and the scheduled learning rate for every replica. */
export function initialStepSettings({ experiment, replicas }: Job): StepSettings {
  return {
    batch: batchSizeOf(experiment, replicas.train.size),
    rates: new Float32Array(replicas.count).fill(1),
  };
}
