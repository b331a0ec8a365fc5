/** @file Runs of unequal lengths: the best common epoch and the mean curve, by hand. */
import { describe, expect, it } from 'vitest';
import type { ReplicaRecord } from '../stopping/records.ts';
import { bestCommonEpoch, meanCurve } from './own-runs.ts';

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

describe('meanCurve', () => {
  it('is the mean of the runs that have a value there', () => {
    expect([...meanCurve([run(1, 2, Infinity), run(3, NaN, 4, 5)], 'validation-loss')]).toEqual([2, 2, 4, 5]);
  });

  it('bridges gaps, but not the ends', () => {
    expect([...meanCurve([run(NaN, 1, NaN, NaN, 4, NaN)], 'validation-loss')]).toEqual([NaN, 1, 2, 3, 4, NaN]);
    expect([...meanCurve([run(1, 2)], 'training-loss')]).toEqual([NaN, NaN]);
    expect([...meanCurve([], 'validation-loss')]).toEqual([]);
  });
});
