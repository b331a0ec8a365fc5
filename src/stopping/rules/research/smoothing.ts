/** @file Smoothing of a metric as it comes in: each call takes the next value and returns the smoothed one. */

/**
 * Exponential moving average Σ d^(t−i)·x_i / Σ d^(t−i): corrected for its start, so that the first value is itself. Values
 * that are not finite leave it as it is.
 */
export function movingAverage(decay: number): (value: number) => number {
  let sum = 0;
  let weight = 0;
  return (value) => {
    if (!Number.isFinite(value)) return NaN;
    sum = decay * sum + (1 - decay) * value;
    weight = decay * weight + (1 - decay);
    return sum / weight;
  };
}

/** Median of the last values, fewer at the start; those that are not finite count as worst, whatever the direction. */
export function movingMedian(window: number, sign: 1 | -1): (value: number) => number {
  const recent: number[] = [];
  const sorted: number[] = [];
  return (value) => {
    const entry = Number.isFinite(value) ? sign * value : Infinity;
    recent.push(entry);
    if (recent.length > window) sorted.splice(sorted.indexOf(recent.shift()!), 1);
    const above = sorted.findIndex((other) => other > entry);
    sorted.splice(above === -1 ? sorted.length : above, 0, entry);
    const half = sorted.length >> 1;
    const median = sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
    return Number.isFinite(median) ? sign * median : NaN;
  };
}
