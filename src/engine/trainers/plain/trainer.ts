/** @file Trains one replica in float64 plain loops: the reference that the other trainers are measured against. */
import { epochOrder } from '../../training/batches.ts';
import { dropoutFactors, dropsOut, inputNoise } from '../../training/disturbance.ts';
import { initialWeights } from '../../model/network.ts';
import { pointWeights } from '../../model/objectives.ts';
import { initialStepSettings } from '../../training/initial-step-settings.ts';
import { rateAt } from '../../training/schedules.ts';
import type { Job } from '../trainer.ts';
import { lossAndGradient } from './gradient.ts';
import { clip, decay, emptySlots, limitNorms, update, weightDecayOf } from './optimizer.ts';

export interface PlainResult {
  /** `[P]` after the last epoch. */
  weights: Float64Array;
  slots: Float64Array[];
  /** Loss of each minibatch before its step, penalties included. */
  losses: number[];
}

/** The same step settings for all epochs. */
export function trainPlain(
  job: Job,
  replica: number,
  epochs: number,
  settings = initialStepSettings(job),
): PlainResult {
  const { experiment, layout, replicas } = job;
  const { size, x, y } = replicas.train;
  const D = replicas.features;
  const { training } = experiment;
  const weights = new Float64Array(initialWeights(layout, experiment, replica));
  const slots = emptySlots(training.optimizer, layout.parameters);
  const losses: number[] = [];
  const own = y.subarray(replica * size, (replica + 1) * size);
  const shares = pointWeights(experiment.loss, own, Math.max(2, replicas.outputs));
  const steps = Math.ceil(size / settings.batch);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = epochOrder(experiment, size, replica, epoch);
    for (let place = 0; place < steps; place++) {
      const from = place * settings.batch;
      const rows = Array.from(order.subarray(from, from + settings.batch));
      const points = rows.flatMap((i) =>
        Array.from(x.subarray((replica * size + i) * D, (replica * size + i + 1) * D)),
      );
      if (training.inputNoise > 0) {
        const noise = inputNoise(experiment, D, replica, epoch, from, rows.length);
        noise.forEach((z, i) => (points[i]! += training.inputNoise * z));
      }
      const { loss, gradient } = lossAndGradient(layout, experiment, weights, {
        x: points,
        y: rows.map((i) => own[i]!),
        weights: shares ? rows.map((i) => shares[i]!) : undefined,
        factors: dropsOut(experiment)
          ? dropoutFactors(experiment, layout, replica, epoch, from, rows.length)
          : undefined,
      });
      losses.push(loss);
      clip(gradient, training);
      const rate = rateAt(experiment, epoch, place, steps) * settings.rates[replica]!;
      decay(layout, weights, rate * weightDecayOf(training));
      update(training.optimizer, rate, weights, gradient, slots, losses.length);
      if (training.maxNorm > 0) limitNorms(layout, weights, training.maxNorm);
    }
  }
  return { weights, slots, losses };
}
