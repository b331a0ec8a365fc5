/** @file The table twins of the pictures: the same data as numbers. */
import { fixed, short } from '../../words/numbers.ts';
import type { MapGrid } from '../../session/map-grid.ts';
import type { Confusion } from './confusion.ts';
import type { Scatter } from './draw-scatter.ts';
import type { MapValues } from './map-kinds.ts';

export interface Twin {
  head: string[];
  rows: string[][];
}

/** `94.7 %` or `8 %`: one decimal where it says something; a dash for what is not known. */
export function percent(share: number): string {
  if (Number.isNaN(share)) return '–';
  const value = 100 * share;
  return `${value >= 99.95 || value === 0 ? Math.round(value) : value.toFixed(1)} %`;
}

/** Rows of a table that a reader can take in. */
const ROWS = 20;

/** At most `ROWS` indices below n, evenly spread. */
function evenly(n: number): number[] {
  const count = Math.min(ROWS, n);
  return Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * n) / count));
}

const orDash = (value: number | undefined, places = 2) =>
  value === undefined || Number.isNaN(value) ? '–' : fixed(value, places);

/** All `[D]`; mean and sd only when there are fits. */
export function fitsTwin(x: Float64Array, truth: Float64Array, mean?: Float64Array, sd?: Float64Array): Twin {
  return {
    head: ['x', 'truth', 'mean', 'sd'],
    rows: evenly(x.length).map((i) => [fixed(x[i]!), fixed(truth[i]!, 2), orDash(mean?.[i]), orDash(sd?.[i])]),
  };
}

/** Nine places of the plane, evenly spread. */
export function mapTwin({ columns, rows, raw }: MapGrid, values: MapValues | null, truth: Float64Array | null): Twin {
  const places = [1, 3, 5].flatMap((row) =>
    [1, 3, 5].map((column) => Math.floor((row * rows) / 6) * columns + Math.floor((column * columns) / 6)),
  );
  return {
    head: ['x₁, x₂', 'truth', 'mean', 'variance', 'error'],
    rows: places.map((g) => [
      `${fixed(raw[2 * g]!, 2)}, ${fixed(raw[2 * g + 1]!, 2)}`,
      orDash(truth?.[g]),
      orDash(values?.mean[g]),
      orDash(values?.variance[g], 3),
      orDash(values?.error?.[g], 3),
    ]),
  };
}

/** From the smallest true value to the largest; points count from 1 in the order of the test set. */
export function scatterTwin(truth: Float64Array, scatter: Scatter | null): Twin {
  const order = Array.from(truth, (_, i) => i).sort((a, b) => truth[a]! - truth[b]!);
  const word = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? '–' : short(value));
  return {
    head: ['test point', 'true', 'mean', 'sd'],
    rows: evenly(order.length).map((k) => {
      const i = order[k]!;
      return [String(i + 1), word(truth[i]), word(scatter?.mean[i]), word(scatter?.sd[i])];
    }),
  };
}

export function confusionTwin(confusion: Confusion | null, names: readonly string[]): Twin {
  const C = names.length;
  return {
    head: ['true \\ taken for', ...names, 'right'],
    rows: names.map((name, row) => [
      name,
      ...names.map((_, column) => (confusion ? String(confusion.counts[row * C + column]) : '–')),
      confusion ? percent(confusion.recognised[row]!) : '–',
    ]),
  };
}
