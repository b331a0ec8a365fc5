/** @file What few runs can say, against tables of Student's t and the interval's own definition. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { multipleFor, surenessOf, wilson } from './few-runs.ts';

it('asks for Student’s quantile of few pairs, and for 2 of many', () => {
  // t at 97.5 % with 1, 2, 3, 4 and 6 degrees of freedom (any table).
  expect([2, 3, 4, 5, 7].map((n) => Number(multipleFor(n).toFixed(2)))).toEqual([12.71, 4.3, 3.18, 2.78, 2.45]);
  expect([multipleFor(8), multipleFor(500)]).toEqual([2, 2]);
});

it('calls a difference sure only beyond that', () => {
  expect(surenessOf({ value: -2.7, se: 1 }, 5)).toBe('hint');
  expect(surenessOf({ value: -2.8, se: 1 }, 5)).toBe('sure');
  expect(surenessOf({ value: 1, se: 1 }, 5)).toBe('level');
  expect(surenessOf({ value: 1, se: null }, 1)).toBe('unknown');
});

it('solves the equation of the score test at both ends of the interval', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
      const count = Math.round(share * n);
      const p = count / n;
      const [low, high] = wilson(count, n);
      expect(low).toBeLessThanOrEqual(p);
      expect(high).toBeGreaterThanOrEqual(p);
      for (const end of [low, high]) {
        if (end === 0 || end === 1) continue;
        expect(Math.abs(p - end) / Math.sqrt((end * (1 - end)) / n)).toBeCloseTo(1.959964, 6);
      }
    }),
  );
  expect(wilson(0, 5)[0]).toBe(0);
  expect(wilson(5, 5)[1]).toBe(1);
});
