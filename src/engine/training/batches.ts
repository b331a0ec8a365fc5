/** @file The order of a replica's training points in each epoch, and how it is split into minibatches. */
import { orderDraw } from '../data/draws.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { stream } from '../random.ts';

/** Points in a whole minibatch of `size` training points, at the beginning. */
export function batchSizeOf(experiment: Experiment, size: number): number {
  const { batchSize } = experiment.training;
  return batchSize === 'full' ? size : Math.min(batchSize, size);
}

/** Optimizer steps in an epoch at the beginning; the last minibatch may be smaller. */
export function stepsPerEpoch(experiment: Experiment, size: number): number {
  return Math.ceil(size / batchSizeOf(experiment, size));
}

/** A replica's training points, `[size]` indices, in the order of one epoch; cut it into batches from the front. */
export function epochOrder(experiment: Experiment, size: number, replica: number, epoch: number): Int32Array {
  const { training, seed } = experiment;
  if (!training.shuffle) return Int32Array.from({ length: size }, (_, i) => i);
  return stream(seed, 'order', orderDraw(experiment, replica), epoch).permutation(size);
}
