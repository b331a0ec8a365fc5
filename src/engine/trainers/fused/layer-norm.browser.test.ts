/** @file Normalised hidden layers on WebGPU, against the plain reference. */
import { beforeAll, expect, it, vi } from 'vitest';
import { openGpu, type Gpu } from '../../devices/gpu.ts';
import { ACTIVATION_NAMES } from '../../model/activations.ts';
import { forward, initialWeights } from '../../model/network.ts';
import type { Job } from '../trainer.ts';
import { lossAndGradient } from '../plain/gradient.ts';
import { jobOf } from '../trainer.testing.ts';
import { FusedTrainer } from './trainer.ts';

// A software adapter takes a second or more to compile a kernel.
vi.setConfig({ testTimeout: 240_000 });
let gpu: Gpu;
beforeAll(async () => {
  gpu = await openGpu();
});
const clock = {
  now: () => performance.now(),
  after: (ms: number) => new Promise<void>((done) => setTimeout(done, ms)),
};

/** `[P]`: gains and shifts that are neither 0 nor 1; biases all of the size of `bias`. */
function startOf({ layout, experiment }: Job, replica: number, bias = 0): Float32Array {
  const weights = initialWeights(layout, experiment, replica);
  for (const { biases, outputs, gains } of layout.layers) {
    if (gains === null) continue;
    for (let j = 0; j < outputs; j++) {
      weights[biases + j] = bias * (1 + 0.001 * Math.sin(j));
      weights[gains + j] = 1 + 0.5 * Math.sin(3 * j + replica);
      weights[gains + outputs + j] = 0.3 * Math.cos(j);
    }
  }
  return weights;
}

/** One epoch from `startOf`. */
async function trained(job: Job, software: boolean, bias = 0) {
  const trainer = await FusedTrainer.create(job, { ...gpu, software, clock });
  try {
    const P = job.layout.parameters;
    const weights = new Float32Array(job.replicas.count * P);
    for (let r = 0; r < job.replicas.count; r++) weights.set(startOf(job, r, bias), r * P);
    trainer.restore({ epoch: 0, step: 0, weights, slots: [] });
    return await trainer.advance(1, () => Promise.resolve());
  } finally {
    trainer.dispose();
  }
}

/** Largest difference, relative to the largest expected number. */
function distance(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  const size = Math.max(...Array.from(expected, Math.abs));
  return Math.max(...Array.from(expected, (e, i) => Math.abs(got[i]! - e))) / size;
}

/** Of the gradients of all replicas: after one step of length 1 it is the difference of the weights. */
async function gradientDistance(job: Job, software: boolean): Promise<number> {
  const { weights } = await trained(job, software);
  const { count, features, train } = job.replicas;
  const P = job.layout.parameters;
  const distances = Array.from({ length: count }, (_, r) => {
    const start = startOf(job, r);
    const x = train.x.subarray(r * train.size * features, (r + 1) * train.size * features);
    const y = train.y.subarray(r * train.size, (r + 1) * train.size);
    const { gradient } = lossAndGradient(job.layout, job.experiment, Float64Array.from(start), { x, y });
    return distance(
      start.map((w, i) => w - weights[r * P + i]!),
      gradient,
    );
  });
  return Math.max(...distances);
}

const training = {
  optimizer: { name: 'sgd' as const, learningRate: 1 },
  batchSize: 'full' as const,
  l1: 0.01,
  l2: 0.05,
};

it.each(ACTIVATION_NAMES)(
  'has the gradient of the reference to 1e-5, by gains and shifts too: %s',
  async (activation) => {
    // Widths with and without padding. At narrower ones a point may have sums so close together that the rounding of the
    // weights alone moves the gradient by more; here it does so by 2e-6 at most.
    const model = { hidden: [7, 8, 5], activation, layerNorm: true };
    const job = jobOf({ objective: 'softmax-cross-entropy', outputs: 3, model, training });
    for (const software of [true, false]) expect(await gradientDistance(job, software)).toBeLessThan(1e-5);
  },
);

it.each([
  ['a batch of several tiles', { trainSize: 90, model: { hidden: [9, 6], layerNorm: true } }],
  ['parameters in storage', { trainSize: 20, model: { hidden: [64, 64], layerNorm: true } }],
])('has it with %s', async (_, parts) => {
  const job = jobOf({ ...parts, training });
  for (const software of [true, false]) expect(await gradientDistance(job, software)).toBeLessThan(1e-5);
});

it.each([
  // Float32 rounding of what follows.
  [0, 1e-5],
  // Of sums near 1000, which lie about 1 apart: each is known to 6e-5, its square to no better than 0.06.
  [1000, 2e-3],
])('normalises in evaluation, with biases of %d', async (bias, tolerance) => {
  const model = { hidden: [6, 5], layerNorm: true };
  const job = jobOf({ model, training: { ...training, optimizer: { name: 'sgd', learningRate: 1e-30 } } });
  const { train, validation, test, count } = job.replicas;
  const M = train.size + validation.size + test.size;
  for (const software of [true, false]) {
    const { outputs } = await trained(job, software, bias);
    for (let r = 0; r < count; r++) {
      const own = ({ x, size }: typeof train) => x.subarray(r * size * 2, (r + 1) * size * 2);
      const expected = forward(job.layout, startOf(job, r, bias), [...own(train), ...own(validation), ...test.x], M);
      expect(distance(outputs.subarray(r * M, (r + 1) * M), expected)).toBeLessThan(tolerance);
    }
  }
});
