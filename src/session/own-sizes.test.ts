/** @file Sizes for the reader's own table: always ones that can be drawn, whatever was wished. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { replicaRows } from '../engine/data/resampling.ts';
import { testRows } from '../engine/data/test-rows.ts';
import { DEFAULT_EXPERIMENT, type Experiment } from '../engine/experiment/experiment.ts';
import { SETTINGS } from '../engine/experiment/settings/index.ts';
import { fittingSizes, usualSizes, type OwnSizes } from './own-sizes.ts';

const SIZES = SETTINGS.data;

const withSizes = (sizes: OwnSizes): Experiment => ({
  ...DEFAULT_EXPERIMENT,
  data: { ...DEFAULT_EXPERIMENT.data, ...sizes },
});

it('can be drawn', () => {
  const wish = fc.oneof(fc.integer({ min: -5, max: 20_000 }), fc.constant(NaN));
  const sizes = fc.record({ trainSize: wish, validationSize: wish, testSize: wish });
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 30_000 }), sizes, (rows, wished) => {
      for (const fitting of [fittingSizes(rows, wished, SIZES), usualSizes(rows, SIZES)]) {
        const experiment = withSizes(fitting);
        const tested = testRows(experiment, rows);
        const pool = Int32Array.from({ length: rows - tested }, (_, i) => i);
        const { train, validation } = replicaRows(experiment, pool);
        expect([train(0).length, validation(0).length]).toEqual([fitting.trainSize, fitting.validationSize]);
      }
    }),
    { numRuns: 60 },
  );
});

it('keep what fits, and begin with few points', () => {
  expect(usualSizes(50_000, SIZES)).toEqual({ trainSize: 100, validationSize: 100, testSize: 256 });
  expect(usualSizes(150, SIZES)).toEqual({ trainSize: 52, validationSize: 26, testSize: 45 });
  const wish = { trainSize: 5000, validationSize: 2000, testSize: 4000 };
  expect(fittingSizes(50_000, wish, SIZES)).toEqual(wish);
  expect(fittingSizes(150, wish, SIZES)).toEqual({ trainSize: 105, validationSize: 103, testSize: 45 });
});
