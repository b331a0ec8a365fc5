/** @file The drawn domain with and without a shifted test. */
import { expect, it } from 'vitest';
import { DATASETS } from '../../datasets/index.ts';
import { experiment } from '../engine/data/replicas.testing.ts';
import { drawReplicas } from '../engine/data/replicas.ts';
import { drawnDomain } from './drawn-domain.ts';

const generated = DATASETS.filter((dataset) => dataset.kind === 'generated');

it.each(generated.map((dataset) => [dataset.id, dataset] as const))(
  '%s: holds the test wherever it lies',
  (source, dataset) => {
    for (const shift of [0, 0.5, 3]) {
      const e = experiment({ data: { source, shift }, replicas: { count: 1 } });
      const { test, features, standardisation } = drawReplicas(e, null);
      const drawn = drawnDomain(dataset, e.data, standardisation);
      if (shift === 0) expect(drawn).toEqual(dataset.domain);
      for (let j = 0; j < features; j++) {
        const { mean, sd, scale } = standardisation;
        const raw = Array.from(
          { length: test.size },
          (_, i) => (test.x[i * features + j]! / scale) * sd[j]! + mean[j]!,
        );
        const [low, high] = drawn[j]!;
        // What the network sees is in float32: 24 bits of numbers below 16.
        expect(Math.min(...raw)).toBeGreaterThan(low - 1e-5);
        expect(Math.max(...raw)).toBeLessThan(high + 1e-5);
        // No wider than it has to be: the test reaches as near to its end as without the shift.
        expect(high - Math.max(...raw)).toBeLessThan(0.3 * (dataset.domain[j]![1] - dataset.domain[j]![0]));
      }
    }
  },
);
