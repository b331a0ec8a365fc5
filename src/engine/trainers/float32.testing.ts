/** @file How far float32 may lead from the reference in one epoch: for each job, by what it does to the numbers of the job. */
import { initialWeights } from '../model/network.ts';
import { classifies } from '../model/objectives.ts';
import { initialStepSettings } from '../training/initial-step-settings.ts';
import type { Job } from './trainer.ts';
import { trainPlain, type PlainResult } from './plain/trainer.ts';

/** Sixteen roundings of float32: the products and sums of a layer come to about as much. */
const ROUNDING = 2 ** -20;
const SAFETY = 8;

type Vectors = Pick<PlainResult, 'slots'> & { weights: ArrayLike<number> };

/** Largest difference, relative to the largest expected number. */
export function relativeError(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  const size = Math.max(1e-3, ...Array.from(expected, Math.abs));
  return Math.max(0, ...Array.from(expected, (e, i) => Math.abs(got[i]! - e))) / size;
}

/**
 * What the reference makes of a replica in one epoch, and how far from it, as `relativeError` measures a part of the result,
 * float32 may end: as far as weights and data that are moved by shares of up to `ROUNDING` lead, which is more where the
 * loss is very curved or a kink may be crossed, and as far as rounding alone. That counts more where gradients are clipped,
 * and behind normalised layers of nearly equal units, whose gradient is the little that large terms leave of one another.
 */
export function referenceEpoch(job: Job, replica: number) {
  const expected = trainPlain(job, replica, 1);
  const moved = [1, -1, 2, -2, 3, -3].map((direction) => trainMoved(job, replica, direction));
  const { clipValue, clipNorm } = job.experiment.training;
  const cut = Math.max(1, expected.steepest / Math.min(clipValue || Infinity, clipNorm || Infinity));
  const rounding = Math.max(ROUNDING, 2 ** -24 * expected.magnified) * cut;
  const tolerance = (part: (result: Vectors) => ArrayLike<number>) =>
    SAFETY * (rounding + Math.max(...moved.map((other) => relativeError(part(other), part(expected)))));
  return { expected, tolerance };
}

/** From weights and data that are moved forth or back, by the sign of `direction`. */
function trainMoved(job: Job, replica: number, direction: number): PlainResult {
  const move = (value: number, i: number) =>
    value * (1 + ROUNDING * Math.sign(direction) * Math.cos(direction * (i + 1)));
  const { train } = job.replicas;
  const y = classifies(job.experiment.objective) ? train.y : train.y.map(move);
  const replicas = { ...job.replicas, train: { ...train, x: train.x.map(move), y } };
  const start = Array.from(initialWeights(job.layout, job.experiment, replica), move);
  return trainPlain({ ...job, replicas }, replica, 1, initialStepSettings(job), start);
}
