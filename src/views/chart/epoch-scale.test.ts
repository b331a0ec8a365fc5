/** @file The epoch scale: there and back, linear and logarithmic. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochScale } from './epoch-scale.ts';

const axes = ['linear', 'log'] as const;

describe('epochScale', () => {
  it('gives a px to each of 400 epochs where the plot has 400 px', () => {
    const { x, ticks, xs } = epochScale({ width: 543, left: 64, right: 80, epochs: 400, axis: 'linear' });
    expect([x(0), x(1), x(399)]).toEqual([64, 65, 463]);
    expect(xs).toHaveLength(400);
    expect(ticks).toEqual([0, 99, 199, 299, 399]);
  });

  it('gives every doubling of the epochs trained the same room on a logarithmic axis', () => {
    const { x } = epochScale({ width: 1000, left: 0, right: 0, epochs: 1024, axis: 'log' });
    for (let doubling = 0; doubling <= 10; doubling++) expect(x(2 ** doubling - 1)).toBeCloseTo(100 * doubling, 9);
  });

  it('finds every epoch again from its px, and keeps to the ends beyond them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.constantFrom(...axes),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (epochs, axis, t) => {
          const { x, invert, at } = epochScale({ width: 700, left: 50, right: 80, epochs, axis });
          const epoch = Math.floor(t * (epochs - 1));
          expect(invert(x(epoch))).toBe(epoch);
          expect(at(x(epoch))).toBeCloseTo(epoch, 6);
          expect(invert(-1000)).toBe(0);
          expect(invert(5000)).toBe(epochs - 1);
        },
      ),
    );
  });

  it('names the first and the last epoch, and leaves room between numbers', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 10000 }),
        fc.integer({ min: 250, max: 1500 }),
        fc.constantFrom(...axes),
        (epochs, width, axis) => {
          const { ticks, x } = epochScale({ width, left: 60, right: 80, epochs, axis });
          expect(ticks[0]).toBe(0);
          expect(ticks.at(-1)).toBe(epochs - 1);
          for (let i = 1; i < ticks.length; i++)
            expect(x(ticks[i]!) - x(ticks[i - 1]!)).toBeGreaterThanOrEqual(40 - 1e-9);
        },
      ),
    );
  });

  it('stands for a single epoch too', () => {
    const { x, invert, ticks } = epochScale({ width: 300, left: 10, right: 10, epochs: 1, axis: 'log' });
    expect([x(0), invert(200), ticks]).toEqual([10, 0, [0]]);
  });
});
