/** @file Statistics of repeated measurements: the median, the quartiles and paired ratios. */

export interface Spread {
  median: number;
  /** The middle half lies between these. */
  lower: number;
  upper: number;
  /** Measurements. */
  n: number;
}

/** The value below which a share q of the sorted values lies, interpolated linearly (type 7 of Hyndman and Fan 1996). */
export function quantile(sorted: readonly number[], q: number): number {
  const at = q * (sorted.length - 1);
  const below = sorted[Math.floor(at)];
  const above = sorted[Math.ceil(at)];
  if (below === undefined || above === undefined) throw new Error('quantile: there is nothing to measure');
  return below + (at - Math.floor(at)) * (above - below);
}

export function summarise(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const [lower, median, upper] = [0.25, 0.5, 0.75].map((q) => quantile(sorted, q)) as [number, number, number];
  return { median, lower, upper, n: values.length };
}

/** Median of the quotients of what was measured in the same rounds: a machine that slows down slows both. */
export function pairedRatio(above: readonly number[], below: readonly number[]): number {
  const rounds = Math.min(above.length, below.length);
  return summarise(Array.from({ length: rounds }, (_, i) => above[i]! / below[i]!)).median;
}
