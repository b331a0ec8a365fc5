/** @file Thinned lines keep every extreme that the screen can show. */
import { describe, expect, it } from 'vitest';
import { frame } from './frame.ts';
import { trace } from './trace.ts';

const wish = {
  width: 500,
  top: 0,
  bottom: 100,
  gutters: { left: 50, right: 50 },
  axis: 'linear',
  max: 1,
  steps: 5,
} as const;

function drawn(epochs: number, values: number[], from = 0, to = values.length - 1) {
  const points: [number, number][] = [];
  const strokes: number[] = [];
  const end = trace(
    {
      moveTo: (x, y) => void (strokes.push(points.length), points.push([x, y])),
      lineTo: (x, y) => void points.push([x, y]),
    },
    frame({ ...wish, epochs }),
    values,
    0,
    from,
    to,
  );
  return { points, strokes, end };
}

describe('trace', () => {
  it('draws every epoch where there is room for each', () => {
    const { points, strokes, end } = drawn(5, [0, 0.5, 1, 0.5, 0]);
    expect(points).toEqual([
      [50, 100],
      [150, 50],
      [250, 0],
      [350, 50],
      [450, 100],
    ]);
    expect([strokes, end]).toEqual([[0], 4]);
  });

  it('ends before the first value that is not finite', () => {
    expect(drawn(5, [0, 0.5, NaN, 0.5, 0])).toMatchObject({
      points: [
        [50, 100],
        [150, 50],
      ],
      end: 1,
    });
    expect(drawn(5, [Infinity, 0.5, 0, 0, 0])).toMatchObject({ points: [], end: -1 });
  });

  it('never loses a peak or a dip, however many epochs share a pixel, and draws few points', () => {
    const values = Array.from({ length: 10000 }, (_, e) => 0.5 + 0.1 * Math.sin(e));
    values[4321] = 0.9;
    values[7654] = 0.05;
    const { points, end } = drawn(10000, values);
    const heights = points.map(([, y]) => y);
    expect(end).toBe(9999);
    expect(Math.min(...heights)).toBeCloseTo(10, 9);
    expect(Math.max(...heights)).toBeCloseTo(95, 9);
    // Four points at most for each half pixel of 400.
    expect(points.length).toBeLessThanOrEqual(4 * 2 * 401);
    for (let i = 1; i < points.length; i++) expect(points[i]![0]).toBeGreaterThan(points[i - 1]![0]);
  });
});
