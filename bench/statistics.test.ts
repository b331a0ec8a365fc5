/** @file Quartiles against R's documented default, and the ratio of measurements that drift together. */
import { describe, expect, it } from 'vitest';
import { pairedRatio, quantile, summarise } from './statistics.ts';

describe('spreadOf', () => {
  it('has the quartiles of R: quantile(c(1, 2, 4, 8)) is 1, 1.75, 3, 5, 8', () => {
    expect(summarise([8, 1, 4, 2])).toEqual({ median: 3, lower: 1.75, upper: 5, n: 4 });
    expect([0, 1].map((q) => quantile([1, 2, 4, 8], q))).toEqual([1, 8]);
  });

  it('refuses to speak of nothing', () => {
    expect(() => summarise([])).toThrow(/nothing to measure/);
  });
});

describe('pairedRatio', () => {
  it('does not see a drift that both share, nor rounds that only one ran', () => {
    expect(pairedRatio([2, 20, 200, 5], [1, 10, 100])).toBe(2);
  });
});
