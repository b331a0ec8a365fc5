/** @file The preview of the two sliders: the row and the column of the landscape that cross at the current policy. */
import type { Axis } from '../../stopping/axes.ts';
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

/** Where a number stands on its slider; at the end when it lies beyond. */
export const positionOf = (value: number, axis: Axis): number => cellAt(placeOf(value, axis).share, axis.values.length);

/** By the parameters of the two sliders; `scale` is that of the whole landscape, which is that of the sliders. */
export function sliderPreviews(
  { x, y, error, columns }: Landscape,
  { low, high }: ErrorScale,
  { column, row }: { column: number; row: number },
): Record<string, PreviewScale> {
  const at = (r: number, c: number) => error[r * columns + c] ?? NaN;
  return {
    [x.path]: { errors: x.values.map((_, c) => at(row, c)), low, high },
    ...(y && { [y.path]: { errors: y.values.map((_, r) => at(r, column)), low, high } }),
  };
}
