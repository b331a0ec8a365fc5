/** @file The best of a map is never beaten by the rule that the map is about. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bestOfMap } from './best-of-map.ts';

const number = fc.double({ min: -10, max: 10, noNaN: true });

it('is the best cell, unless the rule as it is does better', () => {
  fc.assert(
    fc.property(number, number, (cell, here) => {
      const best = bestOfMap({ value: cell, se: 0.1, row: 3, column: 5 }, { value: here, se: 0.2 })!;
      // Rounding is left to the cell.
      expect(best.value - Math.min(cell, here)).toBeLessThanOrEqual(1e-9 * Math.abs(cell));
      expect(best.cell === null).toBe(best.value === here && best.value < cell);
    }),
    {
      examples: [
        [0.189, 0.187],
        [0.189, 0.189],
        [0.1, 0.1 - 1e-17],
      ],
    },
  );
  // The case in which a patience of 213 beat a map that ended at 100.
  expect(bestOfMap({ value: 0.189, se: 0.004, row: 0, column: 99 }, { value: 0.187, se: 0.003 })).toEqual({
    value: 0.187,
    se: 0.003,
    cell: null,
  });
});

it('is nothing where no number is simply the best', () => {
  expect(bestOfMap(null, { value: 3, se: null })).toBeNull();
  expect(bestOfMap({ value: 0.2, se: null, row: 0, column: 0 }, null)).toEqual({
    value: 0.2,
    se: null,
    cell: { row: 0, column: 0 },
  });
});
