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
  /** The last values, each over the one that was there a window before, and the same in order. */
  const recent = new Float64Array(window);
  const sorted = new Float64Array(window);
  let seen = 0;
  return (value) => {
    const entry = Number.isFinite(value) ? sign * value : Infinity;
    const place = seen % window;
    const held = Math.min(++seen, window);
    // It takes the place of the value that leaves, and moves from there to its own.
    let at = seen > window ? indexIn(sorted, recent[place]!) : held - 1;
    recent[place] = entry;
    for (; at > 0 && sorted[at - 1]! > entry; at--) sorted[at] = sorted[at - 1]!;
    for (; at < held - 1 && sorted[at + 1]! < entry; at++) sorted[at] = sorted[at + 1]!;
    sorted[at] = entry;
    const half = held >> 1;
    const median = held % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
    return Number.isFinite(median) ? sign * median : NaN;
  };
}

/** Where a value that is there stands in order. */
function indexIn(sorted: Float64Array, value: number): number {
  let low = 0;
  for (let high = sorted.length - 1; low < high;) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
