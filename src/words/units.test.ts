/** @file Large amounts with SI prefixes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amount, compact } from './units.ts';

const FACTORS: Record<string, number> = { '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 };

describe('amount', () => {
  it.each([
    [0, 'FLOP', '0 FLOP'],
    [7, 'B', '7 B'],
    [62.5, 'FLOP', '62.5 FLOP'],
    [999, 'B', '999 B'],
    [999.6, 'B', '1.00 kB'],
    [1000, 'B', '1.00 kB'],
    [87489, 'FLOP', '87.5 kFLOP'],
    [999_499, 'B', '999 kB'],
    [999_500, 'B', '1.00 MB'],
    [34_995_600, 'FLOP', '35.0 MFLOP'],
    [1.12e9, 'FLOP', '1.12 GFLOP'],
    [6e18, 'FLOP', '6.00 EFLOP'],
  ])('%d %s is %s', (value, unit, text) => {
    expect(amount(value, unit).replace('\u00a0', ' ')).toBe(text);
  });

  it('keeps every value to half a unit of its third digit, in at most four characters', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 9.99e20, noNaN: true }), (value) => {
        const [, digits, symbol] = /^([\d.]+)\u00a0(.?)B$/.exec(amount(value, 'B'))!;
        expect(digits!.length).toBeLessThanOrEqual(4);
        // Half a unit of the third digit is at most 0.5 % of the value; a little more for the rounding of the product.
        expect(Math.abs(Number(digits) * FACTORS[symbol!]! - value)).toBeLessThanOrEqual(0.00501 * value);
      }),
    );
  });
});

describe('compact', () => {
  it.each([
    [0, '0'],
    [400, '400'],
    [8000, '8000'],
    [9999, '9999'],
    [10000, '10k'],
    [12345, '12.3k'],
    [87489, '87.5k'],
    [999_600, '1M'],
    [34_995_600, '35M'],
    [1234.5, '1.23k'],
  ])('%d is %s', (value, text) => {
    expect(compact(value)).toBe(text);
  });
});
