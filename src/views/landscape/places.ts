/** @file Where a policy lies on the landscape: each of its numbers along the cells of an axis. */
import type { Axis } from '../../stopping/axes.ts';

/** A place on an axis as a share of its length, at the edge when the value lies beyond the map. */
export interface Place {
  share: number;
  beyond: boolean;
}

/** The place of a value: its cell's middle where it is one of the values, between two of them otherwise. */
export function placeOf(value: number, axis: Axis): Place {
  const count = axis.values.length;
  const cell = cellOf(value, axis);
  if (cell < -0.5) return { share: 0, beyond: true };
  if (cell > count - 0.5) return { share: 1, beyond: true };
  return { share: (cell + 0.5) / count, beyond: false };
}

/** The index of the cell under a share of the axis. */
export function cellAt(share: number, count: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor(share * count)));
}

/** The value that so many cells lead to; from between two cells, and from off the map, the nearest in that direction comes first. */
export function stepped(value: number, steps: number, axis: Axis): number {
  const last = axis.values.length - 1;
  const cell = Math.min(last, Math.max(0, cellOf(value, axis)));
  const near = Math.round(cell);
  const from = Math.abs(cell - near) < 1e-6 ? near : steps > 0 ? Math.floor(cell) : Math.ceil(cell);
  return axis.values[Math.min(last, Math.max(0, from + steps))]!;
}

/** The (fractional) index of the cell of a value; beyond the ends as the axis goes on there, −∞ for 0 where it never gets there. */
function cellOf(value: number, { values, log }: Axis): number {
  const last = values.length - 1;
  if (last === 0) return value === values[0] ? 0 : value < values[0]! ? -1 : 1;
  const at = values.findIndex((one) => one >= value);
  const upper = at === -1 ? last : Math.max(1, at);
  const [a, b] = [values[upper - 1]!, values[upper]!];
  if (log && a > 0) return value > 0 ? upper - 1 + Math.log(value / a) / Math.log(b / a) : -Infinity;
  return upper - 1 + (value - a) / (b - a);
}
