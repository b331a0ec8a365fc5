/** @file Statistics as NumPy 2 computes them, digit for digit: the rules compare with their results. */

/** Adds in the order of `numpy.add.reduce`, which is pairwise. */
function sum(values: readonly number[], from = 0, to = values.length): number {
  const n = to - from;
  if (n < 8) {
    let total = 0;
    for (let i = from; i < to; i++) total += values[i]!;
    return total;
  }
  if (n > 128) {
    const half = Math.floor(n / 2);
    const middle = from + half - (half % 8);
    return sum(values, from, middle) + sum(values, middle, to);
  }
  const r = values.slice(from, from + 8);
  let i = 8;
  for (; i < n - (n % 8); i += 8) for (let k = 0; k < 8; k++) r[k]! += values[from + i + k]!;
  let total = r[0]! + r[1]! + (r[2]! + r[3]!) + (r[4]! + r[5]! + (r[6]! + r[7]!));
  for (; i < n; i++) total += values[from + i]!;
  return total;
}

export const mean = (values: readonly number[]): number => sum(values) / values.length;

/** Of the whole population. */
export function std(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) * (value - centre))));
}

const ascending = (values: readonly number[]) => [...values].sort((a, b) => a - b);

export function median(values: readonly number[]): number {
  const sorted = ascending(values);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** By linear interpolation, `numpy.nanpercentile`; NaN where there is no number. */
export function nanPercentile(values: readonly number[], percent: number): number {
  const sorted = ascending(values.filter((value) => !Number.isNaN(value)));
  if (sorted.length === 0) return NaN;
  const place = (sorted.length - 1) * (percent / 100);
  const below = Math.min(Math.floor(place), sorted.length - 1);
  const a = sorted[below]!;
  const b = sorted[Math.min(below + 1, sorted.length - 1)]!;
  const share = place - below;
  return share < 0.5 ? a + (b - a) * share : b - (b - a) * (1 - share);
}

/** NaN where there is no number. */
export function nanBest(values: readonly number[], sign: 1 | -1): number {
  const numbers = values.filter((value) => !Number.isNaN(value)).map((value) => sign * value);
  return numbers.length === 0 ? NaN : sign * Math.min(...numbers);
}
