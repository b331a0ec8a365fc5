/** @file The self-test that a trainer must pass before it is used: it is compared with a plain reference. */
import { DEFAULT_EXPERIMENT, type Experiment } from '../experiment/experiment.ts';
import { forward, layoutOf } from '../model/network.ts';
import { stream } from '../random.ts';
import type { Replicas } from '../data/replicas.ts';
import type { Gate, Job } from '../trainers/trainer.ts';
import { trainPlain } from '../trainers/plain/trainer.ts';
import type { TrainerFactory } from './device.ts';
import { distance, TOLERANCE } from './distance.ts';

const open: Gate = () => Promise.resolve();
/** Throws an error that says in words what failed. */
export async function selfTest(factory: TrainerFactory): Promise<void> {
  await training(factory);
  await isolation(factory);
}

/** Ten steps of three small networks: the weights move, and where the plain trainer's do. */
async function training(factory: TrainerFactory): Promise<void> {
  const job = smallJob();
  const trainer = await factory.create(job);
  try {
    const P = job.layout.parameters;
    const before = (await trainer.snapshot()).weights;
    const { outputs, weights } = await trainer.advance(5, open);
    if (distance(weights.subarray(0, before.length), before) === 0) throw new Error('all gradients are zero');
    const M = outputs.length / (5 * job.replicas.count);
    for (let r = 0; r < job.replicas.count; r++) {
      const at = (4 * job.replicas.count + r) * P;
      const expected = trainPlain(job, r, 5).weights;
      if (distance(weights.subarray(at, at + P), expected) > TOLERANCE)
        throw new Error('training deviates from the reference');
      const x = job.replicas.train.x.subarray(r * 2 * job.replicas.train.size, (r + 1) * 2 * job.replicas.train.size);
      const seen = outputs.subarray((4 * job.replicas.count + r) * M).subarray(0, job.replicas.train.size);
      if (distance(seen, forward(job.layout, expected, x, job.replicas.train.size)) > TOLERANCE)
        throw new Error('predictions came out wrong');
    }
  } finally {
    trainer.dispose();
  }
}

/** A replica full of NaN leaves its neighbours as they would be without it, bit by bit. */
async function isolation(factory: TrainerFactory): Promise<void> {
  const job = smallJob();
  const P = job.layout.parameters;
  const trainer = await factory.create(job);
  try {
    const start = await trainer.snapshot();
    const sound = await trainer.advance(2, open);
    trainer.restore({ ...start, weights: start.weights.slice().fill(NaN, P, 2 * P) });
    const poisoned = await trainer.advance(2, open);
    const R = job.replicas.count;
    const differs = sound.weights.some((w, i) => Math.floor(i / P) % R !== 1 && !Object.is(w, poisoned.weights[i]));
    if (differs) throw new Error('NaN in one replica spread to the others');
  } finally {
    trainer.dispose();
  }
}

/** Three replicas of 2-5-4-1 on twelve points, in batches of 7 and 5. */
function smallJob(): Job {
  const [R, D, n] = [3, 2, 12];
  const numbers = stream(2, 'train', 0, 0);
  const normals = (length: number) => Float32Array.from({ length }, () => numbers.normal());
  const split = () => ({ size: n, x: normals(R * n * D), y: normals(R * n) });
  const replicas: Replicas = {
    count: R,
    features: D,
    outputs: 1,
    train: split(),
    validation: split(),
    test: { size: n, x: normals(n * D), target: new Float64Array(n), noise: new Float64Array(n), known: true },
    draws: null,
    standardisation: { mean: new Float64Array(D), sd: new Float64Array(D).fill(1), scale: 1, target: null },
  };
  const experiment: Experiment = {
    ...DEFAULT_EXPERIMENT,
    model: { ...DEFAULT_EXPERIMENT.model, hidden: [5, 4] },
    training: { ...DEFAULT_EXPERIMENT.training, batchSize: 7, l2: 0.01 },
  };
  return { experiment, replicas, layout: layoutOf(experiment, D, 1) };
}
