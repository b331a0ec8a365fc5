/** @file Numbers formatted for readers. */
import { describe, expect, it } from 'vitest';
import { countOf, decimals, fixed, plusMinus, short, signed } from './numbers.ts';

describe('decimals', () => {
  it('follows the first digit of the standard error, two digits where it is a 1', () => {
    expect([0.05, 0.0061, 0.012, 0.0012, 0.0096, 0.0196, 0.00996, 2, 14, 300].map(decimals)).toEqual([
      2, 3, 3, 4, 3, 2, 3, 0, 0, 0,
    ]);
  });

  it('falls back to three where no error says more', () => {
    expect([null, 0, NaN, Infinity].map(decimals)).toEqual([3, 3, 3, 3]);
  });
});

describe('numbers', () => {
  it('have a true minus sign and never a negative zero', () => {
    expect([fixed(-0.0123), fixed(-0.0001), fixed(0.1 + 0.2), fixed(-1.5, 0)]).toEqual([
      '−0.012',
      '0.000',
      '0.300',
      '−2',
    ]);
    expect([signed(0.01), signed(-0.01), signed(-0.0001), signed(0)]).toEqual(['+0.010', '−0.010', '0', '0']);
  });

  it('stand with their error on one line', () => {
    expect(plusMinus(0.0124, 0.0061)).toBe('0.012\u00a0±\u00a00.006');
    expect(plusMinus(-0.0124, 0.0011, signed)).toBe('−0.0124\u00a0±\u00a00.0011');
    expect(plusMinus(0.0124, null)).toBe('0.012');
    expect([plusMinus(0, 0), plusMinus(0, 0, signed), plusMinus(0.5, 0)]).toEqual(['0', '0', '0.500']);
  });

  it('count', () => {
    expect([countOf(0, 'run'), countOf(1, 'run'), countOf(3, 'run')]).toEqual(['0 runs', '1 run', '3 runs']);
  });

  it('are short as settings', () => {
    expect([0.001, 0.000121, 0, 1e-4, 0.1 + 0.2, -5].map(short)).toEqual([
      '0.001',
      '0.000121',
      '0',
      '0.0001',
      '0.3',
      '−5',
    ]);
  });
});
