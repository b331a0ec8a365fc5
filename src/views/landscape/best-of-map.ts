/** @file The best that a map shows: one of its cells, or the rule as it is, which may lie between or beyond them. */
import type { Estimate } from '../../decomposition/estimate.ts';
import type { Best } from '../../evaluation/landscape-values.ts';

export interface BestOfMap extends Estimate {
  /** Null: it is the rule as it is. */
  cell: { row: number; column: number } | null;
}

/** The same number, computed along two ways, may differ by this share. */
const ROUNDING = 1e-9;

/** Less is better; null where nothing can be called the best. `here` is the rule as it is. */
export function bestOfMap(cells: Best | null, here: Estimate | null): BestOfMap | null {
  if (!cells) return null;
  const { value, se, row, column } = cells;
  if (here && here.value < value - ROUNDING * Math.abs(value)) return { ...here, cell: null };
  return { value, se, cell: { row, column } };
}
