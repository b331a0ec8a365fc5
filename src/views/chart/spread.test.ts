/** @file Labels spread without overlap. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spread } from './spread.ts';

describe('spread', () => {
  it('leaves labels that have room where they are', () => {
    expect(spread([{ y: 80 }, { y: 20 }], 15, 0, 100).map(({ y }) => y)).toEqual([20, 80]);
  });

  it('keeps the order and the gap, and stays inside where all of them fit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -50, max: 350, noNaN: true }), { minLength: 1, maxLength: 12 }),
        (wishes) => {
          const placed = spread(
            wishes.map((y, i) => ({ y, i })),
            15,
            10,
            300,
          );
          const order = wishes.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
          expect(placed.map(({ i }) => i)).toEqual(order.map(({ i }) => i));
          for (let i = 1; i < placed.length; i++)
            expect(placed[i]!.y - placed[i - 1]!.y).toBeGreaterThanOrEqual(15 - 1e-9);
          expect(placed[0]!.y).toBeGreaterThanOrEqual(10 - 1e-9);
          expect(placed.at(-1)!.y).toBeLessThanOrEqual(300 + 1e-9);
        },
      ),
    );
  });

  it('moves as little as pushing one another asks for', () => {
    expect(spread([{ y: 50 }, { y: 52 }, { y: 90 }], 15, 0, 100).map(({ y }) => y)).toEqual([50, 65, 90]);
    expect(spread([{ y: 95 }, { y: 99 }], 15, 0, 100).map(({ y }) => y)).toEqual([85, 100]);
  });
});
