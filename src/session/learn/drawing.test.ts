/** @file A curve drawn by hand: without gaps, within the canvas, and what a pencil does. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareDrawing, drawnTo, isWhole, level, lifted, stroke, type Canvas, type Drawing } from './drawing.ts';

const CANVAS: Canvas = { from: 10, start: 1, to: 400, bottom: 0, top: 2 };

it('is joined to where what is known ends', () => {
  const drawing = stroke(undefined, CANVAS, [30, 0.5], [40, 0.5]);
  expect(drawing.first).toBe(10);
  expect(drawing.heights).toHaveLength(31);
  expect(drawing.heights[10]).toBeCloseTo(0.75); // Half way from 1 to 0.5.
});

it('is overwritten by a later stroke where that passes, and nowhere else', () => {
  const once = stroke(undefined, CANVAS, [10, 1], [400, 1]);
  const twice = stroke(once, CANVAS, [100, 0.5], [110, 0.5]);
  expect([99, 100, 110, 111].map((epoch) => twice.heights[epoch - 10])).toEqual([1, 0.5, 0.5, 1]);
});

it('runs on level where it ends near the end, and stays half where it does not', () => {
  const near = lifted(stroke(undefined, CANVAS, [10, 1], [393, 0.4]), CANVAS);
  expect([isWhole(near, CANVAS), near.heights.at(-1)]).toEqual([true, 0.4]);
  const half = lifted(stroke(undefined, CANVAS, [10, 1], [300, 0.4]), CANVAS);
  expect([isWhole(half, CANVAS), drawnTo(half)]).toEqual([false, 300]);
  expect(isWhole(level(half, CANVAS), CANVAS)).toBe(true);
});

it('has no gap and stays on the canvas, whatever the hand does', () => {
  const places = fc.tuple(fc.double({ min: 10, max: 400, noNaN: true }), fc.double({ min: -3, max: 5, noNaN: true }));
  fc.assert(
    fc.property(fc.array(fc.tuple(places, places), { minLength: 1, maxLength: 12 }), (strokes) => {
      let drawing: Drawing | undefined;
      for (const [from, to] of strokes) drawing = stroke(drawing, CANVAS, from, to);
      expect(drawing!.heights.length).toBeLessThanOrEqual(391);
      for (const height of drawing!.heights) {
        expect(height).toBeGreaterThanOrEqual(0);
        expect(height).toBeLessThanOrEqual(2);
      }
    }),
  );
});

it('is compared with what came, epoch by epoch', () => {
  const drawing: Drawing = { kind: 'curve', first: 1, heights: [3, 1, 2] };
  // Epochs 2 and 3 were drawn: |1 − 2| and |2 − 2|.
  expect(compareDrawing(drawing, [9, 2, 2])).toEqual({ off: 0.5, lowest: 2 });
});
