/** @file Runs of unequal lengths: their best common epoch, by hand. */
import { describe, expect, it } from 'vitest';
import type { ReplicaRecord } from '../stopping/records.ts';
import { bestCommonEpoch } from './best-common-epoch.ts';

const run = (...error: number[]): ReplicaRecord => ({
  epochs: error.length,
  curves: { 'validation-loss': error.map((value) => (Number.isNaN(value) ? null : value)) },
  testLoss: null,
  error,
});

describe('bestCommonEpoch', () => {
  it('is the epoch of lowest mean error, the first of equal ones', () => {
    expect(bestCommonEpoch([run(3, 1, 2, 4), run(3, 4, 1, 4)])).toBe(2);
    expect(bestCommonEpoch([run(2, 1, 1)])).toBe(1);
  });

  it('looks no further than the shortest run goes', () => {
    expect(bestCommonEpoch([run(3, 2, 1, 0), run(3, 1)])).toBe(1);
    expect(bestCommonEpoch([run(), run(1)])).toBeNull();
    expect(bestCommonEpoch([])).toBeNull();
  });

  it('leaves out epochs with a gap, and runs after their last finite error', () => {
    // At the second epoch only the better run has an error.
    expect(bestCommonEpoch([run(9, NaN, 8), run(3, 1, 2)])).toBe(2);
    expect(bestCommonEpoch([run(9, NaN, NaN), run(3, 1, 2)])).toBe(1);
    expect(bestCommonEpoch([run(1, Infinity, Infinity), run(3, 1, 2)])).toBe(1);
    expect(bestCommonEpoch([run(NaN, NaN)])).toBeNull();
    expect(bestCommonEpoch([run(1, NaN, 1), run(NaN, 1, NaN, 1)])).toBeNull();
  });

  it('has nothing to go by where nothing can be judged', () => {
    expect(bestCommonEpoch([{ ...run(1, 2), error: null }])).toBeNull();
  });
});
