/** @file Where a policy lies on the landscape: patience along a linear axis, min delta along a logarithmic one. */

/** The cells of the map; both lists ascend, min deltas by equal factors. */
export interface Axes {
  patiences: ArrayLike<number>;
  deltas: ArrayLike<number>;
}

/** A place on an axis as a share of its length, at the edge when the value lies beyond the map. */
export interface Place {
  share: number;
  beyond: boolean;
}

/** The place of a value whose cell would have the (fractional) index `cell` among `count` cells. */
function placeOfCell(cell: number, count: number): Place {
  if (cell < -0.5) return { share: 0, beyond: true };
  if (cell > count - 0.5) return { share: 1, beyond: true };
  return { share: (cell + 0.5) / count, beyond: false };
}

export function placeOfPatience(patience: number, { patiences }: Axes): Place {
  return placeOfCell(patience - patiences[0]!, patiences.length);
}

export function placeOfDelta(delta: number, { deltas }: Axes): Place {
  return placeOfCell(cellOfDelta(delta, deltas), deltas.length);
}

/** A min delta in two digits, as it is chosen and written: it stays in its cell. */
export function rounded(delta: number): number {
  return Number(delta.toPrecision(2));
}

/** The index of the cell under a share of the axis. */
export function cellAt(share: number, count: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor(share * count)));
}

/** The cell that min delta and a number of steps lead to; a value off the map comes back to its nearest end first. */
export function deltaStepped(delta: number, steps: number, deltas: ArrayLike<number>): number {
  const last = deltas.length - 1;
  const from = Math.min(last, Math.max(0, Math.round(cellOfDelta(delta, deltas))));
  return deltas[Math.min(last, Math.max(0, from + steps))]!;
}

/** −∞ for zero. The ends give the factor: the values between are rounded. */
function cellOfDelta(delta: number, deltas: ArrayLike<number>): number {
  const last = deltas.length - 1;
  const step = Math.log(deltas[last]! / deltas[0]!) / last;
  return Math.log(Math.abs(delta) / deltas[0]!) / step;
}
