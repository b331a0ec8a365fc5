/** @file Where the name of a line may stand on it: inside the map, away from what must not be covered. */
import type { Box, Grid } from './draw.ts';
import type { Polyline } from './level-line.ts';

export interface Point {
  x: number;
  y: number;
}

/** px */
const MARGIN = 4;

/**
 * The middle of a name of this size, in px: on the lines, or beside them where it would leave the map, as free of `others`
 * as can be, of which `cross` is a whole crosshair. Null where it does not fit into the map, and without a line.
 */
export function linePlace(
  lines: readonly Polyline[],
  box: Box,
  { columns, rows }: Grid,
  size: { width: number; height: number },
  cross: Point,
  others: readonly Point[],
): Point | null {
  const [halfWidth, halfHeight] = [size.width / 2 + MARGIN, size.height / 2 + MARGIN];
  if (box.width < 2 * halfWidth || box.height < 2 * halfHeight) return null;
  const within = (value: number, from: number, to: number) => Math.min(to, Math.max(from, value));
  let best: { point: Point; room: number } | null = null;
  for (const [column, row] of lines.flat()) {
    const on = { x: box.left + (column / columns) * box.width, y: box.top + (1 - row / rows) * box.height };
    const x = within(on.x, box.left + halfWidth, box.left + box.width - halfWidth);
    const y = within(on.y, box.top + halfHeight, box.top + box.height - halfHeight);
    const off = (point: Point) => Math.max(Math.abs(point.x - x) / halfWidth, Math.abs(point.y - y) / halfHeight);
    const offCross = Math.min(Math.abs(cross.x - x) / halfWidth, Math.abs(cross.y - y) / halfHeight);
    const free = Math.min(2, Number.isNaN(offCross) ? 2 : offCross, ...others.map((other) => off(other) / 2));
    const room = free - off(on);
    if (!best || room > best.room) best = { point: { x, y }, room };
  }
  return best && best.point;
}
