/** @file The scent of the two sliders: the row and the column of the landscape that cross at the current policy. */
import type { Landscape } from '../../stopping/landscape.ts';
import type { ErrorScale } from '../landscape/colours.ts';
import { cellAt, placeOfDelta, placeOfPatience } from '../landscape/places.ts';

export interface ScentScale {
  /** Test error at each position of the slider. */
  errors: number[];
  /** Shared by both sliders: the best error of the landscape and the one at which its colours are cut. */
  low: number;
  high: number;
}

/** Where a policy stands on the two sliders; at the end when it lies beyond. */
export function positions(patience: number, minDelta: number, axes: Pick<Landscape, 'patiences' | 'minDeltas'>) {
  const both = { patiences: axes.patiences, deltas: axes.minDeltas };
  return {
    column: cellAt(placeOfPatience(patience, both).share, axes.patiences.length),
    row: cellAt(placeOfDelta(minDelta, both).share, axes.minDeltas.length),
  };
}

/** `scale` is that of the whole landscape. */
export function scents(
  { error, patiences, minDeltas }: Landscape,
  { low, high }: ErrorScale,
  column: number,
  row: number,
): { patience: ScentScale; minDelta: ScentScale } {
  const at = (r: number, c: number) => error[r * patiences.length + c] ?? NaN;
  return {
    patience: { errors: patiences.map((_, c) => at(row, c)), low, high },
    minDelta: { errors: minDeltas.map((_, r) => at(r, column)), low, high },
  };
}
