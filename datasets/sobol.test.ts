/** @file Sobol' points against published ones, and the evenness that defines them. */
import { expect, it } from 'vitest';
import { sobolPoints } from './sobol.ts';

it("begins as Joe and Kuo's own program does, whose order is that of the Gray code", () => {
  const points = sobolPoints(4, 4, [0, 0, 0, 0]);
  // Also what scipy.stats.qmc.Sobol gives.
  const known = [
    [0, 0, 0, 0],
    [0.5, 0.5, 0.5, 0.5],
    [0.75, 0.25, 0.25, 0.25],
    [0.25, 0.75, 0.75, 0.75],
    [0.375, 0.375, 0.625, 0.875],
    [0.875, 0.875, 0.125, 0.375],
    [0.625, 0.125, 0.875, 0.625],
    [0.125, 0.625, 0.375, 0.125],
    [0.1875, 0.3125, 0.9375, 0.4375],
    [0.6875, 0.8125, 0.4375, 0.9375],
  ];
  known.forEach((numbers, k) => {
    const gray = k ^ (k >> 1);
    expect(Array.from(points.subarray(4 * gray, 4 * gray + 4), (u) => u - 1 / 32)).toEqual(numbers);
  });
});

it.each([[[0, 0, 0, 0]], [[0.1, 0.7, 0.4, 0.999]]])(
  'has one point in each cell of every dimension, and in each box of the first two, shifted by %j',
  (shift) => {
    const bits = 8;
    const points = sobolPoints(bits, 4, shift);
    const at = (i: number, d: number) => points[4 * i + d]!;
    for (let d = 0; d < 4; d++)
      expect(new Set(Array.from({ length: 256 }, (_, i) => Math.floor(at(i, d) * 256))).size).toBe(256);
    for (let split = 0; split <= bits; split++) {
      const boxes = Array.from(
        { length: 256 },
        (_, i) => `${Math.floor(at(i, 0) * 2 ** split)} ${Math.floor(at(i, 1) * 2 ** (bits - split))}`,
      );
      expect(new Set(boxes).size).toBe(256);
    }
  },
);

it('says how many dimensions it has', () => {
  expect(() => sobolPoints(4, 5, [])).toThrow("Sobol' points have 4 dimensions at most, not 5");
});
