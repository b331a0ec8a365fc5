/** @file At which pace a run begins. */
import { batchSizeOf } from './batches.ts';
import type { Job, Pace } from '../trainers/trainer.ts';

/** Minibatches as the experiment has them, and the scheduled learning rate for every replica. */
export function startingPace({ experiment, replicas }: Job): Pace {
  return {
    batch: batchSizeOf(experiment, replicas.train.size),
    rates: new Float32Array(replicas.count).fill(1),
  };
}
