/** @file Checks a trainer against the plain reference over a few steps. */
import { forward } from '../../src/engine/model/network.ts';
import { objectiveMath, targetVector } from '../../src/engine/model/objectives.ts';
import type { Job, TrainedEpochs } from '../../src/engine/trainers/trainer.ts';
import { trainPlain } from '../../src/engine/trainers/plain/trainer.ts';

/** Optimizer steps that are compared: enough to see the minibatches' order and the optimizer's memory. */
const STEPS = 4;

/** The same job with at most a few minibatches of training points. */
export function shortened(job: Job): Job {
  const { experiment, replicas } = job;
  const { batchSize } = experiment.training;
  const { count: R, features: D, train } = replicas;
  const size = batchSize === 'full' ? train.size : Math.min(train.size, STEPS * batchSize);
  const first = (values: Float32Array, width: number) => {
    const cut = new Float32Array(R * size * width);
    for (let r = 0; r < R; r++)
      cut.set(values.subarray(r * train.size * width, (r * train.size + size) * width), r * size * width);
    return cut;
  };
  return { ...job, replicas: { ...replicas, train: { size, x: first(train.x, D), y: first(train.y, 1) } } };
}

/**
 * Largest difference, over the first and the last replica, between the mean training loss after one epoch and that of
 * the plain reference, relative to it; by the weights and by the outputs that the contender handed over.
 */
export function disagreement(job: Job, { outputs, weights }: TrainedEpochs): number {
  const { layout, replicas, experiment } = job;
  const { count: R, features: D, outputs: K, train, validation, test } = replicas;
  const M = train.size + validation.size + test.size;
  const { loss } = objectiveMath(experiment);
  let worst = 0;
  for (const r of new Set([0, R - 1])) {
    const x = train.x.subarray(r * train.size * D, (r + 1) * train.size * D);
    const y = train.y.subarray(r * train.size, (r + 1) * train.size);
    const mean = (z: ArrayLike<number>) =>
      y.reduce((sum, yi, i) => sum + loss(z, i * K, targetVector(yi, K), 0, K), 0) / train.size;
    const expected = mean(forward(layout, trainPlain(job, r, 1).weights, x, train.size));
    const theta = weights.subarray(r * layout.parameters, (r + 1) * layout.parameters);
    for (const got of [forward(layout, theta, x, train.size), outputs.subarray(r * M * K)]) {
      const off = Math.abs(mean(got) - expected) / expected;
      worst = Number.isFinite(off) ? Math.max(worst, off) : Infinity;
    }
  }
  return worst;
}
