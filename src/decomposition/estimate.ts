/** @file Means with their standard errors: of values, and of paired differences. */

export interface Estimate {
  value: number;
  /** Standard error over replicas; null if only one counts. */
  se: number | null;
}

/** Mean and standard error of the entries that are not NaN (replicas left out); null if there are none. */
export function estimate(values: ArrayLike<number>): Estimate | null {
  let n = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!)) continue;
    sum += values[i]!;
    n++;
  }
  if (n === 0) return null;
  const value = sum / n;
  let squares = 0;
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) squares += (values[i]! - value) ** 2;
  return { value, se: n > 1 ? Math.sqrt(squares / (n - 1) / n) : null };
}

/** Mean of a − b over the replicas that both count, and its standard error: what they share cancels. */
export function paired(a: Float64Array, b: Float64Array): Estimate | null {
  return estimate(a.map((x, i) => x - b[i]!));
}
