/** @file The grid of a map: where its points lie, and which cell holds a point. */
import { describe, expect, it } from 'vitest';
import { datasetOf } from '../../datasets/index.ts';
import type { GeneratedDataset } from '../../datasets/contract.ts';
import { mapGrid, truthOn } from './map-grid.ts';

const standardisation = { mean: Float64Array.of(1, -2), sd: Float64Array.of(2, 0.5), scale: 4, target: null };
const grid = mapGrid(
  [
    [0, 4],
    [-1, 1],
  ],
  standardisation,
);

describe('the grid', () => {
  it('has nearly square cells, about 48 × 48 of them', () => {
    expect([grid.columns, grid.rows]).toEqual([68, 34]);
    expect(grid.columns * grid.rows).toBeCloseTo(48 * 48, -2);
  });

  it('shows the network what the replicas were trained on', () => {
    for (let i = 0; i < grid.raw.length; i++) {
      const back = (grid.seen[i]! / 4) * standardisation.sd[i % 2]! + standardisation.mean[i % 2]!;
      // float32 keeps 24 bits of numbers below 16.
      expect(Math.abs(back - grid.raw[i]!)).toBeLessThan(1e-6);
    }
  });
});

describe('the truth on the grid', () => {
  it('is that of the dataset, row by row', () => {
    const dataset = datasetOf('xor') as GeneratedDataset;
    const settings = { noise: 0.3, labelNoise: 0.1 };
    const work = truthOn(grid, dataset, settings);
    let rows = 0;
    let step = work.next();
    for (; !step.done; step = work.next()) rows++;
    expect(rows).toBe(grid.rows);
    expect(step.value[5 * grid.columns + 7]).toBe(dataset.truth([(7.5 / 68) * 4, (5.5 / 34) * 2 - 1], settings));
  });
});
