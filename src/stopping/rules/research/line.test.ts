/** @file A line kept by running sums answers as the one that is fitted afresh, also where that is a matter of rounding. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitLine, RunningLine } from './line.ts';

function agree(values: readonly number[], n: number, errors: number): void {
  const running = new RunningLine(n);
  values.forEach((value, e) => {
    running.push(value);
    expect(running.full).toBe(e + 1 >= n);
    if (!running.full) return;
    const last = values.slice(e + 1 - n, e + 1);
    expect(Array.from(running.values())).toEqual(last);
    const { slope, se } = fitLine(last);
    for (const sign of [1, -1] as const) {
      expect(running.rises(sign, errors)).toBe(sign * slope > errors * se);
      expect(running.fallsNot(sign, errors)).toBe(sign * slope >= -errors * se);
    }
  });
}

const errors = fc.oneof(fc.constantFrom(0, 1, 2), fc.double({ min: 0, max: 100, noNaN: true }));
const window = fc.integer({ min: 3, max: 12 });

describe('the running line', () => {
  it('on any values', () => {
    const values = fc.array(
      fc.oneof(
        { weight: 20, arbitrary: fc.double({ min: -1e3, max: 1e3, noNaN: true }) },
        { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, 0, 1e-12, 1e12) },
      ),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(fc.property(values, window, errors, agree), { numRuns: 300 });
  });

  it('on plateaus, exact lines and steps, where the slope or its error is zero but for rounding', () => {
    const piece = fc.tuple(
      fc.constantFrom(0, 0.1, -0.3, 1e-9),
      fc.constantFrom(0, 1 / 3, 7e4),
      fc.integer({ min: 1, max: 30 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), window, errors, (pieces, n, margin) => {
        agree(
          pieces.flatMap(([slope, from, length]) => Array.from({ length }, (_, i) => Math.fround(from + slope * i))),
          n,
          margin,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('on a long, steep fall that ends in faint noise, in a large window', () => {
    const values = Array.from({ length: 900 }, (_, e) => 1e4 * Math.exp(-e / 40) + 1e-5 * Math.sin(e * e));
    agree(values, 300, 2);
    agree(values, 100, 0.1);
  });
});
