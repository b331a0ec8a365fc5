/** @file The reference's loss and gradient against differentiation by dual numbers, which knows no step size. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dropoutFactors } from '../../training/disturbance.ts';
import { initialWeights } from '../../model/network.ts';
import { pointWeights } from '../../model/objectives.ts';
import { jobOf, JOBS } from '../trainer.testing.ts';
import { dualLoss } from './dual.testing.ts';
import { lossAndGradient } from './gradient.ts';

/** Two units of every layer are nearly equal here, where normalisation is so curved that no finite difference is right. */
const NEARLY_EQUAL_UNITS = jobOf({
  ...{ seed: 87246, replicas: 1, features: 5, outputs: 2, trainSize: 2, objective: 'softmax-cross-entropy' },
  model: { hidden: [2, 2, 2], activation: 'linear', layerNorm: true, inputScale: 1, initializer: 'orthogonal' },
  loss: { focalGamma: 0.5 },
  training: { l1: 0.01 },
});

/** The numbers that are rounded on the way: up to 13 points, 28 units, 8 products to a sum, forth and back. */
const ROUNDINGS = 1000;

it('is what dual numbers give for every model, objective and penalty', () => {
  fc.assert(
    fc.property(JOBS, ({ experiment, layout, replicas }) => {
      const { size } = replicas.train;
      const y = replicas.train.y.subarray(0, size);
      const theta = Float64Array.from(initialWeights(layout, experiment, 0), (w, i) => w + 0.01 * Math.sin(i));
      const points = {
        x: replicas.train.x.subarray(0, size * replicas.features),
        y,
        weights: pointWeights(experiment.loss, y, Math.max(2, replicas.outputs)) ?? undefined,
        factors: dropoutFactors(experiment, layout, 0, 0, 0, size),
      };
      const { loss, gradient } = lossAndGradient(layout, experiment, theta, points);
      const expected = Array.from(theta, (_, i) => dualLoss(layout, experiment, theta, points, i));
      const largest = Math.max(...expected.map(([, derivative]) => Math.abs(derivative)));
      // Rounding acts as if every number on the way were moved by a share of 2⁻⁵³, and the gradient moves with it by its
      // curvature: that is measured by moving the parameters by shares of up to 2⁻³⁰, in three directions.
      const changes = [1, 2, 3].map((phase) => {
        const moved = theta.map((w, i) => w * (1 + 2 ** -30 * Math.cos(phase * (i + 1))));
        const there = lossAndGradient(layout, experiment, moved, points).gradient;
        return Math.max(...gradient.map((g, i) => Math.abs(there[i]! - g)));
      });
      const curvature = Math.max(...changes) * 2 ** 30;
      const rounding = ROUNDINGS * 2 ** -53 * (1 + largest + curvature);
      expect(Math.abs(loss - expected[0]![0])).toBeLessThanOrEqual(rounding * (1 + Math.abs(loss)));
      expected.forEach(([, derivative], i) =>
        expect(Math.abs(gradient[i]! - derivative)).toBeLessThanOrEqual(rounding),
      );
    }),
    { numRuns: 60, examples: [[NEARLY_EQUAL_UNITS]] },
  );
});
