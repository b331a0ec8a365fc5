/** @file Colours, ticks, lines and labels of the landscape. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axesIn, sliderAxes, type Axis } from '../../stopping/axes.ts';
import { kerasPolicy } from '../../stopping/keras.testing.ts';
import { RULES } from '../../stopping/rules/index.ts';
import { parsePolicy } from '../../stopping/policy.ts';
import { errorAt, errorScale, evenScale, ramp, shareOf } from './colours.ts';
import { levelLines } from './level-line.ts';
import { linePlace } from './line-label.ts';
import { cellAt, placeOf, stepped } from './places.ts';
import { writerOf } from './colour-scales.ts';
import { sampled, ticksOf } from './ticks.ts';

const SLIDERS = sliderAxes(axesIn(kerasPolicy(), RULES, 400))!;
const [PATIENCE, MIN_DELTA] = [SLIDERS.x, SLIDERS.y!];

/** The axes of the sliders, and those of every rule as it is by default. */
const AXES: Axis[] = [
  ...axesIn(kerasPolicy({ baseline: 0.3 }), RULES, 400),
  ...[150, 213, 900, 4000, 1e6].flatMap((patience) => axesIn(kerasPolicy({ patience, min_delta: 0 }), RULES, 400)),
  ...Object.keys(RULES).flatMap((rule) => {
    const parsed = parsePolicy({ rule }, RULES);
    if (!parsed.ok) throw new Error(rule);
    return axesIn(parsed.policy, RULES, 400);
  }),
];

describe('places', () => {
  it('lead from every value to its cell and back', () => {
    for (const axis of AXES) {
      const count = axis.values.length;
      axis.values.forEach((value, cell) => {
        const { share, beyond } = placeOf(value, axis);
        expect([beyond, cellAt(share, count)], axis.path).toEqual([false, cell]);
        expect(share * count, axis.path).toBeCloseTo(cell + 0.5, 9);
        expect(stepped(value, 1, axis)).toBe(axis.values[Math.min(count - 1, cell + 1)]);
        expect(stepped(value, -1, axis)).toBe(axis.values[Math.max(0, cell - 1)]);
      });
    }
  });

  it('put what lies off the map at its edge', () => {
    expect(placeOf(0, PATIENCE)).toEqual({ share: 0, beyond: true });
    expect(placeOf(250, PATIENCE)).toEqual({ share: 1, beyond: true });
    expect(placeOf(0, MIN_DELTA)).toEqual({ share: 0, beyond: true });
    expect(placeOf(-0.01, MIN_DELTA)).toEqual({ share: 0, beyond: true });
    expect(placeOf(0.5, MIN_DELTA)).toEqual({ share: 1, beyond: true });
    expect(placeOf(0.0011, MIN_DELTA).beyond).toBe(false);
  });

  it('step from between two cells to the next in that direction, from off the map by way of its nearest end', () => {
    const few = { ...MIN_DELTA, values: [0.1, 1, 10] };
    expect([stepped(0.5, 1, few), stepped(0.5, -1, few)]).toEqual([1, 0.1]);
    expect(stepped(0.001, -100, MIN_DELTA)).toBe(MIN_DELTA.values[0]);
    expect(stepped(0, 1, MIN_DELTA)).toBe(MIN_DELTA.values[1]);
    expect(stepped(7, 1, MIN_DELTA)).toBe(MIN_DELTA.values[36]);
    expect(stepped(250, -1, PATIENCE)).toBe(99);
  });

  it('give 0 its own cell before the logarithmic ones', () => {
    const axis = { ...PATIENCE, log: true, values: [0, 1, 10] };
    expect([0, 1, 10].map((value) => placeOf(value, axis).share)).toEqual([0.5 / 3, 1.5 / 3, 2.5 / 3]);
    expect(placeOf(-1, axis).beyond).toBe(true);
  });
});

describe('ticks', () => {
  const values = (axis: Axis) => ticksOf(axis).map(({ value }) => value);

  it('of the sliders are as they are drawn', () => {
    expect(values(PATIENCE)).toEqual([1, 25, 50, 75, 100]);
    expect(values(MIN_DELTA)).toEqual([0.0001, 0.001, 0.01, 0.1]);
  });

  it('stand on every axis, apart from one another and on the map', () => {
    for (const axis of AXES) {
      const ticks = ticksOf(axis);
      expect(ticks.length, axis.path).toBeGreaterThan(2);
      expect(ticks.length, axis.path).toBeLessThan(9);
      ticks.forEach(({ value, share }, i) => {
        expect(placeOf(value, axis).beyond, axis.path).toBe(false);
        if (i > 0) expect(share - ticks[i - 1]!.share, `${axis.path} ${value}`).toBeGreaterThan(0.03);
      });
    }
  });

  it('sample an axis for a table', () => {
    expect(sampled(PATIENCE, 5).map((i) => PATIENCE.values[i])).toEqual([5, 10, 20, 40, 80]);
    expect(sampled(MIN_DELTA, 7)).toEqual([0, 6, 12, 18, 24, 30, 36]);
    expect(sampled({ ...MIN_DELTA, values: [1, 2] }, 7)).toEqual([0, 1]);
    expect(sampled({ ...MIN_DELTA, values: [1] }, 7)).toEqual([0]);
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

  it('is even from the best to the worst where every number counts', () => {
    expect(shareOf(25, evenScale([10, NaN, 40, 20], 'least')!)).toBeCloseTo(0.5, 12);
    const saved = evenScale([0.2, 0.8], 'most')!;
    expect([0.8, 0.65, 0.2].map((value) => shareOf(value, saved))).toEqual([0, expect.closeTo(0.25, 12), 1]);
    expect(errorAt(0.25, saved)).toBeCloseTo(0.65, 12);
    expect(evenScale([NaN], 'least')).toBeNull();
    expect(shareOf(3, evenScale([3, 3], 'least')!)).toBe(0);
  });

  it('writes as many digits as tell its colours apart', () => {
    const scale = (low: number, high: number) => ({ low, high, bend: 1, cut: true });
    expect(writerOf('error', scale(0.2, 0.201))(0.2004)).toBe('0.200');
    expect(writerOf('variance', scale(0.001, 0.004))(0.00234)).toBe('0.0023');
    expect(writerOf('variance', scale(0, 3))(0.00234)).toBe('0.002');
    expect(writerOf('saved', null)(0.874)).toBe('87 %');
    expect(writerOf('epochs', null)(49.16)).toBe('49.2');
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

describe('the name of a line', () => {
  const box = { left: 50, top: 10, width: 200, height: 100 };
  const grid = { columns: 20, rows: 10 };
  const size = { width: 60, height: 12 };
  const flat = [Array.from({ length: 21 }, (_, i): [number, number] => [i, 5])];
  const nowhere = { x: NaN, y: NaN };

  it('stands on it, inside, and off the crosshair and the marks', () => {
    const place = linePlace(flat, box, grid, size, { x: 110, y: 20 }, [{ x: 230, y: 61 }])!;
    expect(place.y).toBe(60);
    expect(place.x - 30).toBeGreaterThan(box.left);
    expect(Math.abs(place.x - 110)).toBeGreaterThan(30);
    expect(Math.abs(place.x - 230)).toBeGreaterThan(60);
  });

  it('stands beside it where it would leave the map', () => {
    const edge = [Array.from({ length: 11 }, (_, i): [number, number] => [0.5, i])];
    const place = linePlace(edge, box, grid, size, nowhere, [])!;
    expect(place.x).toBe(box.left + 34);
  });

  it('stands nowhere where it does not fit', () => {
    expect(linePlace(flat, box, grid, { width: 300, height: 12 }, nowhere, [])).toBeNull();
    expect(linePlace([], box, grid, size, nowhere, [])).toBeNull();
  });
});
