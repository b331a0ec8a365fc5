/**
 * @file A linear axis that any finite numbers may be put on: the difference of two, such as ±1e308, may be too large for a
 * number, and so may the round ones around them.
 */
import { nice, ticks } from 'd3-array';

/** 0 at `from`, 1 at `to`; 0 where they are the same. By halves, see above. */
export const shareAlong = (value: number, from: number, to: number): number =>
  (value / 2 - from / 2) / (to / 2 - from / 2 || 1);

/** The range widened to round numbers, where there are such. */
export function roundSpan(from: number, to: number, count: number): [number, number] {
  const [low, high] = nice(from, to, count);
  return Number.isFinite(low) && Number.isFinite(high) ? [low, high] : [from, to];
}

/** About `count` round numbers in a range; its ends and middle where there are none. */
export function roundMarks(from: number, to: number, count: number): number[] {
  return Number.isFinite(to - from) ? ticks(from, to, count) : [from, from / 2 + to / 2, to];
}
