/** @file The optimism of the minimum on histories worked out by hand. */
import { describe, expect, it } from 'vitest';
import { stream } from '../engine/random.ts';
import type { ReplicaRecord } from '../stopping/records.ts';
import { optimism } from './optimism.ts';

const recordOf = (validation: (number | null)[], testLoss: (number | null)[]): ReplicaRecord => ({
  epochs: validation.length,
  curves: { 'validation-loss': validation },
  testLoss,
  error: null,
});

describe('optimism', () => {
  it('is the lowest validation loss minus the test loss of that epoch', () => {
    const { differences, mean } = optimism([
      recordOf([3, 1, 2], [3, 2, 1]),
      recordOf([NaN, 4, null], [1, 4.5, 0]),
      recordOf([2], [NaN]),
      recordOf([], []),
    ]);
    expect([...differences]).toEqual([-1, -0.5, NaN, NaN]);
    expect(mean).toEqual({ value: -0.75, se: 0.25 });
  });

  it.each([
    [10, -1.5388],
    [100, -2.5076],
  ])('of the minimum of %d normal numbers around the truth is that of order statistics', (m, expected) => {
    const records = Array.from({ length: 2000 }, (_, r) => {
      const random = stream(7, 'validation', r, 0);
      return recordOf(
        Array.from({ length: m }, () => random.normal()),
        Array<number>(m).fill(0),
      );
    });
    const { value, se } = optimism(records).mean!;
    // Four standard errors; the seed is fixed.
    expect(Math.abs(value - expected)).toBeLessThan(4 * se!);
    expect(se).toBeLessThan(0.02);
  });

  it('says what is missing', () => {
    const record = recordOf([1], [1]);
    expect(() => optimism([{ ...record, testLoss: null }])).toThrow('testLoss: replica 1 has no test loss');
    expect(() => optimism([{ ...record, curves: {} }])).toThrow('has no validation-loss');
  });
});
