/** @file Compares runs of unequal lengths: their best common epoch, and the mean of what they logged. */
import type { ReplicaRecord } from '../stopping/records.ts';
import type { Measure } from '../stopping/rule.ts';

/**
 * The epoch (from 0) of lowest mean error among those that every run reaches, as far as the shortest one goes. As on a tape
 * a run counts until its last finite error; an epoch where a run that still counts has a gap is left out, for a mean over
 * other runs could not be compared with the rest. Of equal epochs the first; null if there is none.
 */
export function bestCommonEpoch(records: readonly ReplicaRecord[]): number | null {
  const shortest = records.reduce((least, { epochs }) => Math.min(least, epochs), Infinity);
  const errors = records.map(({ error }) => (error ? Array.from(error) : []));
  const ends = errors.map((error) => error.findLastIndex(Number.isFinite));
  let best: number | null = null;
  let lowest = Infinity;
  for (let e = 0; records.length > 0 && e < shortest; e++) {
    const counted = errors.filter((_, r) => e <= ends[r]!);
    const mean = counted.reduce((sum, error) => sum + error[e]!, 0) / counted.length;
    if (!(mean < lowest)) continue;
    best = e;
    lowest = mean;
  }
  return best;
}

/**
 * The mean over the runs that have a finite value at an epoch, `[epochs of the longest run]`. Where none has one it lies on
 * the line between its neighbours, as a chart would draw it; NaN before the first and after the last.
 */
export function meanCurve(records: readonly ReplicaRecord[], measure: Measure): Float64Array {
  const longest = records.reduce((most, { epochs }) => Math.max(most, epochs), 0);
  const sums = new Float64Array(longest);
  const counts = new Uint32Array(longest);
  for (const { curves, epochs } of records) {
    const curve = curves[measure];
    for (let e = 0; curve && e < epochs; e++) {
      const value = curve[e];
      if (typeof value !== 'number' || !Number.isFinite(value)) continue;
      sums[e]! += value;
      counts[e]!++;
    }
  }
  const means = sums.map((sum, e) => (counts[e] === 0 ? NaN : sum / counts[e]!));
  let before = -1;
  for (let e = 0; e < longest; e++) {
    if (counts[e] === 0) continue;
    const [from, rise] = [means[before] ?? NaN, means[e]! - (means[before] ?? NaN)];
    for (let gap = before + 1; gap < e; gap++) means[gap] = from + (rise * (gap - before)) / (e - before);
    before = e;
  }
  return means;
}
