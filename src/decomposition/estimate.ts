/** @file Means with their standard errors: of values, and of paired differences. */
import type { Draws } from '../engine/data/draws.ts';

export interface Estimate {
  value: number;
  /** Standard error over replicas; null if only one counts. */
  se: number | null;
}

/**
 * Mean and standard error of the entries that are not NaN (replicas left out); null if there are none. Where replicas
 * share draws, by leaving out each training set and, where seeds meet several, each seed: see variance-sources.ts.
 */
export function estimate(values: ArrayLike<number>, draws: Draws | null = null): Estimate | null {
  let n = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!)) continue;
    sum += values[i]!;
    n++;
  }
  if (n === 0) return null;
  const value = sum / n;
  if (draws) return { value, se: sharedError(values, draws) };
  let squares = 0;
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) squares += (values[i]! - value) ** 2;
  return { value, se: n > 1 ? Math.sqrt(squares / (n - 1) / n) : null };
}

/** Mean of a − b over the replicas that both count, and its standard error: what they share cancels. */
export function paired(a: Float64Array, b: Float64Array, draws: Draws | null = null): Estimate | null {
  return estimate(
    a.map((x, i) => x - b[i]!),
    draws,
  );
}

/** The jackknife of a mean over training sets, plus that over seeds; null if there are fewer than two to leave out. */
function sharedError(values: ArrayLike<number>, { data, seeds }: Draws): number | null {
  const kept = [...Array(values.length).keys()].filter((r) => !Number.isNaN(values[r]!));
  const [sets, starts] = [data, seeds].map((of) => [...new Set(kept.map((r) => of[r]!))]);
  const crossed = starts!.length > 1 && kept.some((r) => seeds[r] === seeds[kept[0]!] && data[r] !== data[kept[0]!]);
  const axes = [
    ...(sets!.length > 1 ? [{ of: data, labels: sets! }] : []),
    ...(crossed || (sets!.length === 1 && starts!.length > 1) ? [{ of: seeds, labels: starts! }] : []),
  ];
  if (axes.length === 0) return null;
  const mean = (of: number[]) => of.reduce((sum, r) => sum + values[r]!, 0) / of.length;
  const variance = axes.map(({ of, labels }) => {
    const left = labels.map((label) => mean(kept.filter((r) => of[r] !== label)));
    const centre = left.reduce((a, b) => a + b, 0) / left.length;
    return ((left.length - 1) / left.length) * left.reduce((sum, x) => sum + (x - centre) ** 2, 0);
  });
  return Math.sqrt(variance.reduce((a, b) => a + b, 0));
}
