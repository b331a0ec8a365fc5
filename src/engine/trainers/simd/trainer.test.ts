/** @file The trainer on the processor in Node, in the test's own thread. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ACTIVATIONS } from '../../experiment.ts';
import { trainPlain } from '../plain/trainer.ts';
import { trainerSuite } from '../suite.ts';
import { jobOf } from '../testing.ts';
import { openCrew } from './crew.ts';
import { SimdTrainer } from './trainer.ts';

const crew = await openCrew();
trainerSuite((job) => new SimdTrainer(job, crew), 40);

/** Up to the largest networks, in minibatches of several tiles and of parts of one. */
const LARGE = fc.record({
  features: fc.integer({ min: 1, max: 100 }),
  outputs: fc.integer({ min: 2, max: 25 }),
  trainSize: fc.integer({ min: 30, max: 150 }),
  hidden: fc.array(fc.integer({ min: 1, max: 64 }), { maxLength: 4 }),
  activation: fc.constantFrom(...ACTIVATIONS),
  batchSize: fc.oneof(fc.constant('full' as const), fc.integer({ min: 20, max: 150 })),
  l2: fc.constantFrom(0, 0.01),
});

it('takes the steps of the reference with large networks, too', async () => {
  await fc.assert(
    fc.asyncProperty(LARGE, async ({ features, outputs, trainSize, hidden, activation, batchSize, l2 }) => {
      const optimizer = { name: 'sgd' as const, learningRate: 0.1 };
      const job = jobOf({
        replicas: 2,
        features,
        outputs,
        objective: 'softmax-cross-entropy',
        trainSize,
        model: { hidden, activation, inputScale: 1 },
        training: { optimizer, batchSize, l2 },
      });
      const { weights } = await new SimdTrainer(job, crew).advance(1, () => Promise.resolve());
      for (let r = 0; r < 2; r++) {
        const expected = trainPlain(job, r, 1).weights;
        const got = weights.subarray(r * job.layout.parameters, (r + 1) * job.layout.parameters);
        const wrong = Math.max(...Array.from(expected, (w, i) => Math.abs(w - got[i]!)));
        // Weights are of size 1 and move by 0.1 of a gradient; float32 leaves 1e-6, ReLU may take another branch.
        expect(wrong).toBeLessThan(activation === 'relu' ? 1e-4 : 1e-5);
      }
    }),
    { numRuns: 30, seed: 1 },
  );
});
