/** @file Means and standard errors against numbers worked out by hand. */
import { describe, expect, it } from 'vitest';
import { estimate, paired } from './estimate.ts';

describe('estimate', () => {
  it('gives mean and standard error of what is there', () => {
    // 1, 2, 3, 4: variance 5/3, se √(5/12).
    expect(estimate([1, NaN, 2, 3, 4])).toEqual({ value: 2.5, se: Math.sqrt(5 / 12) });
  });

  it('has no standard error for one value, and nothing for none', () => {
    expect(estimate([3])).toEqual({ value: 3, se: null });
    expect(estimate([NaN])).toBeNull();
  });
});

describe('paired', () => {
  it('lets what both share cancel and leaves out whom one lacks', () => {
    expect(paired(Float64Array.of(11, 102, NaN, 5), Float64Array.of(10, 101, 1, NaN))).toEqual({ value: 1, se: 0 });
  });
});
