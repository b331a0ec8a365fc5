/** @file Draws a recorded curve as a line on a canvas, with no more points than the screen can show. */
import type { Frame } from './frame.ts';

type Pen = Pick<CanvasRenderingContext2D, 'moveTo' | 'lineTo'>;

/** Epochs closer together than this are drawn as the range of their values. px. */
const COLUMN = 0.5;
/** How far off the plot a point may be put: far coordinates are slow to stroke and lose precision. px. */
const FAR = 4000;

/**
 * Adds `values[offset + from … offset + to]` (one an epoch) to the path, from left to right. The line ends before the
 * first value that is not finite: a diverged replica has no curve from there on. Returns the last epoch drawn, `from − 1`
 * if there is none.
 */
export function trace(
  pen: Pen,
  { epochs: { xs }, values: { y, top } }: Frame,
  values: ArrayLike<number>,
  offset: number,
  from: number,
  to: number,
): number {
  const height = (value: number) => Math.max(top - FAR, y(value));
  let begun = false;
  const put = (epoch: number) => {
    const value = values[offset + epoch]!;
    if (begun) pen.lineTo(xs[epoch]!, height(value));
    else pen.moveTo(xs[epoch]!, height(value));
    begun = true;
  };
  let e = from;
  while (e <= to) {
    let low = e;
    let high = e;
    let end = e;
    for (; end <= to && xs[end]! - xs[e]! < COLUMN; end++) {
      const value = values[offset + end]!;
      if (!Number.isFinite(value)) break;
      if (value < values[offset + low]!) low = end;
      if (value > values[offset + high]!) high = end;
    }
    if (end === e) break;
    put(e);
    const first = Math.min(low, high);
    const second = Math.max(low, high);
    if (first > e) put(first);
    if (second > first) put(second);
    if (end - 1 > second) put(end - 1);
    e = end;
  }
  return e - 1;
}
