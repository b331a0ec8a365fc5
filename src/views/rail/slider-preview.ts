/** @file The preview of the two sliders: the row and the column of the landscape that cross at the current policy. */
import { MIN_DELTA, PATIENCE } from '../../stopping/axes.ts';
import type { Landscape } from '../../stopping/landscape.ts';
import type { ErrorScale } from '../landscape/colours.ts';
import { cellAt, placeOf } from '../landscape/places.ts';

export interface PreviewScale {
  /** Test error at each position of the slider. */
  errors: number[];
  /** Shared by both sliders: the best error of the landscape and the one at which its colours are cut. */
  low: number;
  high: number;
}

/** Where a policy stands on the two sliders; at the end when it lies beyond. */
export function positions(patience: number, minDelta: number): { column: number; row: number } {
  return {
    column: cellAt(placeOf(patience, PATIENCE).share, PATIENCE.values.length),
    row: cellAt(placeOf(minDelta, MIN_DELTA).share, MIN_DELTA.values.length),
  };
}

/** `scale` is that of the whole landscape, which is that of the sliders. */
export function sliderPreviews(
  { error, columns }: Landscape,
  { low, high }: ErrorScale,
  column: number,
  row: number,
): { patience: PreviewScale; minDelta: PreviewScale } {
  const at = (r: number, c: number) => error[r * columns + c] ?? NaN;
  return {
    patience: { errors: PATIENCE.values.map((_, c) => at(row, c)), low, high },
    minDelta: { errors: MIN_DELTA.values.map((_, r) => at(r, column)), low, high },
  };
}
