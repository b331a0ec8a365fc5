import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MIN_DELTAS, PATIENCES } from '../../stopping/landscape.ts';
import { errorAt, errorScale, ramp, shareOf } from './colours.ts';
import { levelLines } from './level-line.ts';
import { cellAt, deltaStepped, placeOfDelta, placeOfPatience, rounded } from './places.ts';

const axes = {
  patiences: Array.from({ length: 100 }, (_, i) => i + 1),
  deltas: Array.from({ length: 37 }, (_, k) => 10 ** (-4 + k / 12)),
};

describe('places', () => {
  it('puts every min delta of the map, rounded as it is, into its own cell', () => {
    MIN_DELTAS.forEach((delta, row) => {
      expect(cellAt(placeOfDelta(delta, { patiences: PATIENCES, deltas: MIN_DELTAS }).share, MIN_DELTAS.length)).toBe(
        row,
      );
      expect(deltaStepped(delta, 1, MIN_DELTAS)).toBe(MIN_DELTAS[Math.min(row + 1, MIN_DELTAS.length - 1)]);
    });
  });

  it('lead from a policy to its cell and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 36 }), (p, d) => {
        const x = placeOfPatience(axes.patiences[p]!, axes);
        expect([x.beyond, cellAt(x.share, 100)]).toEqual([false, p]);
        for (const delta of [axes.deltas[d]!, rounded(axes.deltas[d]!)]) {
          const y = placeOfDelta(delta, axes);
          expect([y.beyond, cellAt(y.share, 37)]).toEqual([false, d]);
        }
      }),
    );
  });

  it('put what lies off the map at its edge', () => {
    expect(placeOfPatience(0, axes)).toEqual({ share: 0, beyond: true });
    expect(placeOfPatience(250, axes)).toEqual({ share: 1, beyond: true });
    expect(placeOfDelta(0, axes)).toEqual({ share: 0, beyond: true });
    expect(placeOfDelta(0.5, axes)).toEqual({ share: 1, beyond: true });
    expect(placeOfDelta(0.0011, axes).beyond).toBe(false);
  });

  it('step along the cells of min delta, from the nearest end when off the map', () => {
    expect(deltaStepped(0.001, 1, axes.deltas)).toBe(axes.deltas[13]);
    expect(deltaStepped(0.001, -100, axes.deltas)).toBe(axes.deltas[0]);
    expect(deltaStepped(0, 1, axes.deltas)).toBe(axes.deltas[1]);
    expect(deltaStepped(7, 0, axes.deltas)).toBe(axes.deltas[36]);
  });
});

describe('the scale of colours', () => {
  it('gives the median the middle colour, and half of the policies to each half of the scale', () => {
    const errors = Array.from({ length: 1001 }, (_, i) => 0.18 + 0.06 * (i / 1000) ** 2);
    const scale = errorScale(errors)!;
    expect(scale.low).toBe(0.18);
    expect(shareOf(errors[500]!, scale)).toBeCloseTo(0.5, 12);
    expect(errors.filter((e) => shareOf(e, scale) < 0.5)).toHaveLength(500);
  });

  it('is undone by its inverse, so that a key can name true errors', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 2 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (errors, share) => {
          const scale = errorScale(errors)!;
          // 1e-6 covers the float64 cancellation in (low + x) − low where the range is as small as it may be.
          expect(
            Math.abs(shareOf(errorAt(share, scale), scale) ** (1 / scale.bend) - share ** (1 / scale.bend)),
          ).toBeLessThan(1e-6);
        },
      ),
    );
  });

  it('survives equal and missing errors', () => {
    expect(errorScale([NaN, Infinity])).toBeNull();
    const flat = errorScale([0.2, 0.2, NaN])!;
    expect(shareOf(0.2, flat)).toBe(0);
    expect(shareOf(NaN, flat)).toBe(1);
  });

  it('mixes colours between the given ones', () => {
    const bytes = ramp(['#000000', '#ff8000', '#ffffff']);
    expect([...bytes.slice(0, 3)]).toEqual([0, 0, 0]);
    expect([...bytes.slice(-3)]).toEqual([255, 255, 255]);
    expect(bytes[3 * 64]).toBe(128);
  });
});

describe('level lines', () => {
  it('follow a slope where it takes the value, and leave the frame away', () => {
    const values = Array.from({ length: 6 * 5 }, (_, i) => i % 6);
    const lines = levelLines(values, 6, 5, 2.25);
    expect(lines).toHaveLength(1);
    // Cell centres stand at column + 0.5, so the value 2.25 lies at 2.75; linear interpolation is exact on a slope.
    for (const [x, y] of lines[0]!) if (y > 0 && y < 5) expect(x).toBeCloseTo(2.75, 12);
  });

  it('close around a peak', () => {
    const values = Array.from({ length: 81 }, (_, i) => -Math.hypot((i % 9) - 4, Math.floor(i / 9) - 4));
    const [line, ...others] = levelLines(values, 9, 9, -2);
    expect(others).toEqual([]);
    expect(line!.at(-1)).toEqual(line![0]);
    // Linear interpolation of a cone between neighbouring cells is off by less than 0.15 of a cell at radius 2.
    for (const [x, y] of line!) expect(Math.abs(Math.hypot(x - 4.5, y - 4.5) - 2)).toBeLessThan(0.15);
  });

  it('take what is missing for large, and find nothing where the value is not taken', () => {
    expect(levelLines([1, 1, NaN, 1], 2, 2, 5)).toEqual([]);
  });
});
