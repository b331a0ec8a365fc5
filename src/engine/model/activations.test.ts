/** @file Activations against published values of erf and central differences. */
import { describe, expect, it } from 'vitest';
import { ACTIVATION_NAMES, ACTIVATIONS, erf, type ActivationEntry } from './activations.ts';

describe('erf', () => {
  // Abramowitz and Stegun, table 7.1, and NIST DLMF 7.
  it.each([
    [0, 0],
    [0.5, 0.5204998778130465],
    [1, 0.8427007929497149],
    [2, 0.9953222650189527],
    [3, 0.9999779095030014],
    [5.9, 1],
    [40, 1],
  ])('erf(%d)', (x, y) => {
    expect(erf(x)).toBeCloseTo(y, 15);
    expect(erf(-x)).toBeCloseTo(-y, 15);
  });

  it('passes on what is not a number', () => expect(erf(NaN)).toBeNaN());
});

describe.each(ACTIVATION_NAMES)('%s', (name) => {
  const { value, slope }: ActivationEntry = ACTIVATIONS[name];
  // Central differences of step 1e-5 are good to about 1e-10 where the third derivative is of order 1.
  it.each([-3, -1.3, -0.2, 0.4, 1, 2.7])('slope at %d is the limit of differences', (z) => {
    const h = 1e-5;
    expect(slope(z, value(z))).toBeCloseTo((value(z + h) - value(z - h)) / (2 * h), 8);
  });
});
