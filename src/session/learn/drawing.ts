/** @file A curve drawn by hand over epochs: strokes overwrite what they pass, gaps are joined, and an end near the end is the end. */
import type { Guess } from '../../lessons/course/prediction.ts';

export interface Canvas {
  /** The first epoch that is not known yet less one: where the drawing begins, and at what height. */
  from: number;
  start: number;
  to: number;
  bottom: number;
  top: number;
}

export type Drawing = Extract<Guess, { kind: 'curve' }>;

/** An end so near to the last epoch, as a share of the axis, is meant to be the end. */
const NEAR_END = 0.02;

export const emptyDrawing = ({ from, start }: Canvas): Drawing => ({ kind: 'curve', first: from, heights: [start] });

/** The last epoch that is drawn. */
export const drawnTo = ({ first, heights }: Drawing): number => first + heights.length - 1;

export const isWhole = (drawing: Drawing | undefined, { to }: Pick<Canvas, 'to'>): boolean =>
  drawing !== undefined && drawnTo(drawing) >= to;

/** Draws a straight piece from one place to another; epochs may be fractions and in either order. */
export function stroke(
  drawing: Drawing | undefined,
  canvas: Canvas,
  [from, low]: readonly [number, number],
  [to, high]: readonly [number, number],
): Drawing {
  const { first, heights } = drawing ?? emptyDrawing(canvas);
  const next = [...heights];
  const within = (height: number) => Math.min(canvas.top, Math.max(canvas.bottom, height));
  const [[a, ya], [b, yb]] =
    from <= to
      ? [
          [from, low],
          [to, high],
        ]
      : [
          [to, high],
          [from, low],
        ];
  const left = Math.max(first + 1, Math.round(a));
  const right = Math.min(canvas.to, Math.round(b));
  const at = (epoch: number) => within(a === b ? high : ya + ((yb - ya) * (epoch - a)) / (b - a));
  const end = first + next.length - 1;
  // A stroke that begins beyond what is drawn is joined to it.
  for (let e = end + 1; e < left; e++)
    next[e - first] = within(heights.at(-1)! + ((at(left) - heights.at(-1)!) * (e - end)) / (left - end));
  for (let e = left; e <= right; e++) next[e - first] = at(Math.min(Math.max(e, a), b));
  return { kind: 'curve', first, heights: next };
}

/** When the hand lifts: an end near the end of the axis runs on level. */
export function lifted(drawing: Drawing, canvas: Canvas): Drawing {
  const end = drawnTo(drawing);
  return canvas.to - end <= NEAR_END * canvas.to ? level(drawing, canvas) : drawing;
}

/** Level from where the drawing ends to the end of the axis. */
export function level(drawing: Drawing, { to }: Canvas): Drawing {
  const missing = Math.max(0, to - drawnTo(drawing));
  const last = drawing.heights.at(-1)!;
  return { ...drawing, heights: [...drawing.heights, ...new Array<number>(missing).fill(last)] };
}

/** As it is kept: four digits suffice for a hand. */
export const keptDrawing = ({ kind, first, heights }: Drawing): Drawing => ({
  ...{ kind, first },
  heights: heights.map((height) => Number(height.toPrecision(4))),
});

/** How far a whole drawing is off what came, on average, and the epoch at which it is lowest. `truth[0]` is epoch 1. */
export function compareDrawing({ first, heights }: Drawing, truth: ArrayLike<number>): { off: number; lowest: number } {
  let sum = 0;
  let lowest = 1;
  for (let i = 1; i < heights.length; i++) {
    sum += Math.abs(heights[i]! - truth[first + i - 1]!);
    if (heights[i]! < heights[lowest]!) lowest = i;
  }
  return { off: sum / (heights.length - 1), lowest: first + lowest };
}
