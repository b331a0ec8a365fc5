/** @file The trainer on the processor in Node, in the test's own thread. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ACTIVATION_NAMES } from '../../model/activations.ts';
import { forward } from '../../model/network.ts';
import { objectiveMath, targetVector } from '../../model/objectives.ts';
import { stream } from '../../random.ts';
import { lossAndGradient } from '../plain/gradient.ts';
import { referenceEpoch, relativeError } from '../float32.testing.ts';
import { trainerSuite } from '../trainer-suite.testing.ts';
import { jobOf } from '../trainer.testing.ts';
import { openWorkerPool } from './worker-pool.ts';
import { SimdTrainer } from './trainer.ts';

const pool = await openWorkerPool();
trainerSuite((job) => new SimdTrainer(job, pool), 40);

/** Up to the largest networks, in minibatches of several tiles and of parts of one. */
const LARGE = fc.record({
  features: fc.integer({ min: 1, max: 100 }),
  outputs: fc.integer({ min: 2, max: 25 }),
  trainSize: fc.integer({ min: 30, max: 150 }),
  hidden: fc.array(fc.integer({ min: 1, max: 64 }), { maxLength: 4 }),
  activation: fc.constantFrom(...ACTIVATION_NAMES),
  layerNorm: fc.boolean(),
  batchSize: fc.oneof(fc.constant('full' as const), fc.integer({ min: 20, max: 150 })),
  l2: fc.constantFrom(0, 0.01),
  rate: fc.constantFrom(0, 0.3),
  inputNoise: fc.constantFrom(0, 0.2),
  classWeights: fc.constantFrom('none' as const, 'balanced' as const),
});

it('takes the steps of the reference with large networks, too', async () => {
  await fc.assert(
    fc.asyncProperty(
      LARGE,
      async ({ features, outputs, trainSize, hidden: widths, activation, layerNorm, rate, ...rest }) => {
        const { classWeights, ...training } = rest;
        const hidden = layerNorm ? widths.map((units) => Math.max(2, units)) : widths;
        const optimizer = { name: 'sgd' as const, learningRate: 0.1 };
        const job = jobOf({
          replicas: 2,
          features,
          outputs,
          objective: 'softmax-cross-entropy',
          trainSize,
          model: { hidden, activation, layerNorm, inputScale: 1, dropout: hidden.map(() => rate) },
          loss: { classWeights },
          training: { optimizer, ...training },
        });
        const { weights } = await new SimdTrainer(job, pool).advance(1, () => Promise.resolve());
        for (let r = 0; r < 2; r++) {
          const { expected, tolerance } = referenceEpoch(job, r);
          const got = weights.subarray(r * job.layout.parameters, (r + 1) * job.layout.parameters);
          expect(relativeError(got, expected.weights)).toBeLessThan(tolerance((result) => result.weights));
        }
      },
    ),
    { numRuns: 30 },
  );
});

it.each([[[2]], [[5, 4]], [[33, 3, 16]], [[64, 64]]])(
  'normalises layers of %j units, forth and back, to 1e-5',
  async (hidden) => {
    const numbers = stream(11, 'weights', 0, 0);
    const job = jobOf({
      ...{ replicas: 1, features: 3, outputs: 3, trainSize: 77, objective: 'softmax-cross-entropy' },
      model: { hidden, layerNorm: true },
      training: { optimizer: { name: 'momentum', learningRate: 1, momentum: 0.9 }, shuffle: false },
    });
    const { layout, experiment, replicas } = job;
    const trainer = new SimdTrainer(job, pool);
    const start = await trainer.snapshot();
    // Gains about 1, biases and shifts about 0.
    start.weights.forEach((w, i) => (start.weights[i] = w + 0.3 * numbers.normal()));
    trainer.restore(start);
    const { weights, outputs } = await trainer.advance(1, () => Promise.resolve());
    const { train, validation, test } = replicas;
    const theta = Float64Array.from(start.weights);
    const { gradient } = lossAndGradient(layout, experiment, theta, { x: train.x, y: train.y });
    // Momentum's first velocity is the gradient, unrounded by the weights.
    const velocity = (await trainer.snapshot()).slots[0]!;
    const largest = Math.max(...gradient.map(Math.abs));
    gradient.forEach((g, i) => expect(Math.abs(velocity[i]! + g) / largest).toBeLessThan(1e-5));
    const expected = forward(layout, weights, [...train.x, ...validation.x, ...test.x], outputs.length / 3);
    const widest = Math.max(...expected.map(Math.abs));
    expected.forEach((z, i) => expect(Math.abs(outputs[i]! - z) / widest).toBeLessThan(1e-5));
  },
);

it('comes back from NaN to the bits of a fresh trainer', async () => {
  const job = jobOf({ model: { hidden: [5, 3], layerNorm: true }, training: { clipNorm: 0.1, batchSize: 5 } });
  const advance = (trainer: SimdTrainer) => trainer.advance(3, () => Promise.resolve());
  const sound = await advance(new SimdTrainer(job, pool));
  const trainer = new SimdTrainer(job, pool);
  const start = await trainer.snapshot();
  trainer.restore({ ...start, weights: new Float32Array(start.weights.length).fill(NaN) });
  expect((await advance(trainer)).weights.every(Number.isNaN)).toBe(true);
  trainer.restore(start);
  expect(await advance(trainer)).toEqual(sound);
});

/** Logits of two points, from balanced to all but certain. */
const CERTAIN = fc.record({
  logits: fc.array(fc.double({ min: -60, max: 60, noNaN: true }).map(Math.fround), { minLength: 1, maxLength: 6 }),
  focalGamma: fc.constantFrom(0.3, 1, 2.5),
  labelSmoothing: fc.constantFrom(0, 0.1),
  seed: fc.nat(1000),
});

it('keeps the digits of the focal loss where a class is all but certain', async () => {
  await fc.assert(
    fc.asyncProperty(CERTAIN, async ({ logits, seed, ...loss }) => {
      const outputs = logits.length;
      const job = jobOf({
        ...{ seed, outputs, replicas: 1, trainSize: 2, loss },
        objective: outputs === 1 ? 'binary-cross-entropy' : 'softmax-cross-entropy',
        model: { hidden: [] },
        training: { optimizer: { name: 'momentum', learningRate: 1, momentum: 0.9 } },
      });
      // The biases are the logits; momentum's first velocity is the gradient, unrounded by the weights.
      const trainer = new SimdTrainer(job, pool);
      const weights = Float32Array.from([...new Float32Array(2 * outputs), ...logits]);
      trainer.restore({ ...(await trainer.snapshot()), weights });
      await trainer.advance(1, () => Promise.resolve());
      const velocity = (await trainer.snapshot()).slots[0]!.subarray(2 * outputs);
      const expected = new Float64Array(outputs);
      let size = 1e-30;
      for (const label of job.replicas.train.y) {
        const own = new Float64Array(outputs);
        objectiveMath(job.experiment).gradient(logits, 0, targetVector(label, outputs), 0, outputs, own, 0);
        own.forEach((g, k) => (expected[k]! -= g / 2));
        size = Math.max(size, ...own.map(Math.abs));
      }
      // Float32 exponents of up to 150 are good to 1e-5.
      expected.forEach((g, k) => expect(Math.abs(velocity[k]! - g) / size).toBeLessThan(3e-5));
    }),
    { numRuns: 300 },
  );
});
