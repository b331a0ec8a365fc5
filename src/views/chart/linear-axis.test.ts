/** @file The place on an axis, by a closed form for ordinary numbers and finite for all. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roundMarks, roundSpan, shareAlong } from './linear-axis.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

test('is the fraction of the way', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), fc.integer(), (value, from, to) => {
      expect(shareAlong(value, from, to)).toBe(from === to ? value / 2 - from / 2 : (value - from) / (to - from));
    }),
  );
});

test('is from 0 to 1 between any two numbers, and at their round ones a number', () => {
  fc.assert(
    fc.property(fc.array(finite, { minLength: 3, maxLength: 3 }), (numbers) => {
      const [from, value, to] = numbers.toSorted((a, b) => a - b) as [number, number, number];
      expect(shareAlong(value, from, to)).toBeGreaterThanOrEqual(0);
      expect(shareAlong(value, from, to)).toBeLessThanOrEqual(1);
    }),
    { examples: [[[-1e308, 0, 1e308]], [[-Number.MAX_VALUE, 1, Number.MAX_VALUE]]] },
  );
  for (const [from, to] of [
    [-1e308, 1e308],
    [0.5, 1e308],
    [-Number.MAX_VALUE, Number.MAX_VALUE],
  ] as const) {
    const [low, high] = roundSpan(from, to, 4);
    const marks = [low, high, ...roundMarks(low, high, 4)];
    expect(marks.length).toBeGreaterThan(3);
    expect(marks.map((mark) => shareAlong(mark, low, high)).every(Number.isFinite), `${from} to ${to}`).toBe(true);
  }
});
