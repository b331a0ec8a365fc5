/** @file A plot of two quantities: its box in px, both scales, and the emptiest corner for a key. */
import { bisectCenter, nice, ticks } from 'd3-array';

export type AxisRange = readonly [low: number, high: number];

/** One axis: px of a value, and back. */
export interface Scale {
  (value: number): number;
  invert(px: number): number;
  /** About `count` round values of its range. */
  ticks(count: number): number[];
  domain: AxisRange;
}

export interface Plane {
  left: number;
  right: number;
  top: number;
  bottom: number;
  x: Scale;
  y: Scale;
}

interface Wish {
  width: number;
  height: number;
  gutters: { left: number; right: number; top: number; bottom: number };
  x: AxisRange;
  y: AxisRange;
}

export function plane({ width, height, gutters, x, y }: Wish): Plane {
  const left = gutters.left;
  const top = gutters.top;
  // A panel that is not laid out yet has no size; its scales still have to have one.
  const right = Math.max(left + 1, width - gutters.right);
  const bottom = Math.max(top + 1, height - gutters.bottom);
  return { left, right, top, bottom, x: scale(x, left, right), y: scale(y, bottom, top) };
}

function scale(domain: AxisRange, from: number, to: number): Scale {
  const [low, high] = domain;
  const perUnit = (to - from) / (high - low);
  return Object.assign((value: number) => from + (value - low) * perUnit, {
    invert: (px: number) => low + (px - from) / perUnit,
    ticks: (count: number) => ticks(low, high, count),
    domain,
  });
}

/** The range of some numbers, widened by `margin` on both sides and then to round numbers. */
export function roundRange(values: Iterable<number>, margin: number): AxisRange {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const room = margin > 0 || high > low ? margin : 1;
  return nice(low - room, high + room, 4);
}

/** The index of the one of the ascending numbers `x` nearest to `px`; −1 where all lie more than `reach` px to one side. */
export function nearest(x: ArrayLike<number>, scale: Scale, px: number, reach: number): number {
  if (px < scale(x[0]!) - reach || px > scale(x[x.length - 1]!) + reach) return -1;
  return bisectCenter(x, scale.invert(px));
}

export interface Corner {
  right: boolean;
  bottom: boolean;
}

/**
 * The corner of the plane where a box of `width × height` px covers the fewest of the points (pairs in px); the upper
 * right one where they are equal.
 */
export function emptiestCorner(
  { left, right, top, bottom }: Plane,
  width: number,
  height: number,
  points: Iterable<readonly [number, number]>,
): Corner {
  const corners = [
    { right: true, bottom: false, covered: 0 },
    { right: false, bottom: false, covered: 0 },
    { right: true, bottom: true, covered: 0 },
    { right: false, bottom: true, covered: 0 },
  ];
  for (const [x, y] of points) {
    for (const corner of corners) {
      const across = corner.right ? right - x : x - left;
      const down = corner.bottom ? bottom - y : y - top;
      if (across >= 0 && across <= width && down >= 0 && down <= height) corner.covered++;
    }
  }
  return corners.reduce((best, corner) => (corner.covered < best.covered ? corner : best));
}
