/** @file The best common epoch of runs of unequal lengths. */
import type { ReplicaRecord } from '../stopping/records.ts';

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
