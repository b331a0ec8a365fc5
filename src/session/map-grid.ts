/** @file A regular grid over the plane of two inputs, as the network sees it, and the truth on it. */
import type { GeneratedDataset, GeneratorSettings } from '../../datasets/contract.ts';
import type { Standardisation } from '../engine/data/standardisation.ts';

/** Cells are nearly square; G = columns · rows, rows from the bottom up. */
export interface MapGrid {
  columns: number;
  rows: number;
  domain: GeneratedDataset['domain'];
  /** `[G, 2]`: the middles of the cells in raw units. */
  raw: Float64Array;
  /** `[G, 2]`: the same as the network sees them. */
  seen: Float32Array;
}

/** About as many cells as a square of this side has. */
const SIDE = 48;

export function mapGrid(domain: GeneratedDataset['domain'], { mean, sd, scale }: Standardisation): MapGrid {
  const [[left, right], [bottom, top]] = domain as readonly [readonly [number, number], readonly [number, number]];
  const aspect = (right - left) / (top - bottom);
  const columns = Math.round(SIDE * Math.sqrt(aspect));
  const rows = Math.round(SIDE / Math.sqrt(aspect));
  const raw = new Float64Array(columns * rows * 2);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = 2 * (row * columns + column);
      raw[at] = left + ((column + 0.5) / columns) * (right - left);
      raw[at + 1] = bottom + ((row + 0.5) / rows) * (top - bottom);
    }
  }
  const seen = Float32Array.from(raw, (value, i) => ((value - mean[i % 2]!) / sd[i % 2]!) * scale);
  return { columns, rows, domain, raw, seen };
}

/** The truth at each cell, `[G]`; yields after every row, so that the page can draw between. */
export function* truthOn(
  grid: MapGrid,
  dataset: GeneratedDataset,
  settings: GeneratorSettings,
): Generator<void, Float64Array> {
  const truth = new Float64Array(grid.columns * grid.rows);
  for (let g = 0; g < truth.length; g++) {
    truth[g] = dataset.truth(grid.raw.subarray(2 * g, 2 * g + 2), settings);
    if ((g + 1) % grid.columns === 0) yield;
  }
  return truth;
}
