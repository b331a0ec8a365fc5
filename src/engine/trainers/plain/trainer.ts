/**
 * @file Trains one replica in float64 plain loops: the reference that the other trainers are measured against.
 *
 * Where an error would go unnoticed because both make it, the arithmetic is its own: learning rates, class weights,
 * optimizers, clipping, decay. What it shares with them is given, not worked out: the experiment, initial weights, order
 * of the points and the settings of a step. The draws of dropout and noise are shared, too; disturbance.test.ts takes
 * them from the stream of random words itself.
 */
import { epochOrder } from '../../training/batches.ts';
import { dropoutFactors, dropsOut, inputNoise } from '../../training/disturbance.ts';
import { initialWeights } from '../../model/network.ts';
import { initialStepSettings } from '../../training/initial-step-settings.ts';
import type { Job } from '../trainer.ts';
import { lossAndGradient } from './gradient.ts';
import { clip, decay, decoupledDecay, emptySlots, limitNorms, update } from './optimizer.ts';
import { scheduledRate } from './schedule.ts';

export interface PlainResult {
  /** `[P]` after the last epoch. */
  weights: Float64Array;
  slots: Float64Array[];
  /** Loss of each minibatch before its step, penalties included. */
  losses: number[];
  /** The largest number of all gradients before they were clipped. */
  steepest: number;
  /** The largest magnification of rounding by normalised layers, of all steps. */
  magnified: number;
}

/** The same step settings for all epochs, from the replica's initial weights or from others `[P]`. */
export function trainPlain(
  job: Job,
  replica: number,
  epochs: number,
  settings = initialStepSettings(job),
  start: ArrayLike<number> = initialWeights(job.layout, job.experiment, replica),
): PlainResult {
  const { experiment, layout, replicas } = job;
  const { size, x, y } = replicas.train;
  const D = replicas.features;
  const { training } = experiment;
  const weights = Float64Array.from(start);
  const slots = emptySlots(training.optimizer, layout.parameters);
  const losses: number[] = [];
  let steepest = 0;
  let magnified = 1;
  const own = y.subarray(replica * size, (replica + 1) * size);
  const shares = classShares(experiment, Array.from(own), Math.max(2, replicas.outputs));
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
      const { loss, gradient, ...step } = lossAndGradient(layout, experiment, weights, {
        x: points,
        y: rows.map((i) => own[i]!),
        weights: shares ? rows.map((i) => shares[i]!) : undefined,
        factors: dropsOut(experiment)
          ? dropoutFactors(experiment, layout, replica, epoch, from, rows.length)
          : undefined,
      });
      losses.push(loss);
      steepest = gradient.reduce((most, g) => Math.max(most, Math.abs(g)), steepest);
      magnified = Math.max(magnified, step.magnified);
      clip(gradient, training);
      const rate = scheduledRate(experiment, epoch, place, steps) * settings.rates[replica]!;
      decay(layout, weights, rate * decoupledDecay(training));
      update(training.optimizer, rate, weights, gradient, slots, losses.length);
      if (training.maxNorm > 0) limitNorms(layout, weights, training.maxNorm);
    }
  }
  return { weights, slots, losses, steepest, magnified };
}

/** `[n]`: factors on the losses of points with labels y; balanced: the points of each class weigh n / classes together. */
function classShares({ loss }: Job['experiment'], y: number[], classes: number): number[] | null {
  const { classWeights } = loss;
  if (classWeights === 'none') return null;
  if (classWeights !== 'balanced') return y.map((label) => classWeights[label]!);
  return y.map((label) => y.length / classes / y.filter((other) => other === label).length);
}
