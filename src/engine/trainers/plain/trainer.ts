/** @file Trains one replica in float64 plain loops: the reference that the other trainers are measured against. */
import { batchSizeOf, epochOrder } from '../../batches.ts';
import { initialWeights } from '../../network.ts';
import type { Job } from '../../trainer.ts';
import { lossAndGradient } from './gradient.ts';
import { emptySlots, update } from './optimizer.ts';

export interface PlainResult {
  /** `[P]` after the last epoch. */
  weights: Float64Array;
  slots: Float64Array[];
  /** Loss of each minibatch before its step, L2 included. */
  losses: number[];
}

export function trainPlain({ experiment, layout, replicas }: Job, replica: number, epochs: number): PlainResult {
  const { size, x, y } = replicas.train;
  const D = replicas.features;
  const { optimizer } = experiment.training;
  const weights = new Float64Array(initialWeights(layout, experiment, replica));
  const slots = emptySlots(optimizer, layout.parameters);
  const losses: number[] = [];
  const batch = batchSizeOf(experiment, size);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = epochOrder(experiment, size, replica, epoch);
    for (let from = 0; from < size; from += batch) {
      const rows = Array.from(order.subarray(from, from + batch), (i) => replica * size + i);
      const points = rows.flatMap((row) => Array.from(x.subarray(row * D, (row + 1) * D)));
      const targets = rows.map((row) => y[row]!);
      const { loss, gradient } = lossAndGradient(layout, experiment, weights, points, targets);
      losses.push(loss);
      update(optimizer, weights, gradient, slots, losses.length);
    }
  }
  return { weights, slots, losses };
}
