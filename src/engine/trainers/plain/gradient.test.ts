/** @file The reference's gradient against central differences. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dropoutFactors } from '../../training/disturbance.ts';
import { initialWeights } from '../../model/network.ts';
import { pointWeights } from '../../model/objectives.ts';
import { JOBS } from '../trainer.testing.ts';
import { lossAndGradient } from './gradient.ts';

it('is the limit of differences for every model, objective and penalty', () => {
  fc.assert(
    fc.property(JOBS, ({ experiment, layout, replicas }) => {
      const { size } = replicas.train;
      const x = replicas.train.x.subarray(0, size * replicas.features);
      const y = replicas.train.y.subarray(0, size);
      const theta = Float64Array.from(initialWeights(layout, experiment, 0), (w, i) => w + 0.01 * Math.sin(i));
      const points = {
        x,
        y,
        weights: pointWeights(experiment.loss, y, Math.max(2, replicas.outputs)) ?? undefined,
        factors: dropoutFactors(experiment, layout, 0, 0, 0, size),
      };
      const at = (i: number, by: number) => {
        const moved = theta.slice();
        moved[i]! += by;
        return lossAndGradient(layout, experiment, moved, points).loss;
      };
      const { gradient } = lossAndGradient(layout, experiment, theta, points);
      // Step 1e-6: rounding 1e-10 and curvature 1e-12, relative to losses and gradients of order 1.
      const h = 1e-6;
      const wrong = Array.from(gradient, (g, i) => Math.abs(g - (at(i, h) - at(i, -h)) / (2 * h)));
      const scale = 1 + Math.max(...gradient.map(Math.abs));
      // ReLU has no slope at its kink: a difference taken across it is off, which a few parameters may meet.
      const tolerated = experiment.model.activation === 'relu' ? 0.02 * gradient.length : 0;
      expect(wrong.filter((e) => e > 1e-7 * scale).length).toBeLessThanOrEqual(tolerated);
    }),
    { numRuns: 60 },
  );
});
