/** @file Optimism of the minimum: the lowest of many noisy validation losses is lower than what it stands for. */
import { curveOf, type ReplicaRecord } from '../stopping/records.ts';
import { estimate, type Estimate } from '../decomposition/estimate.ts';

export interface Optimism {
  /** `[R]`: the lowest validation loss minus the test loss of the same epoch; NaN where one of them is not finite. */
  differences: Float64Array;
  /** Their mean: below zero where the minimum promises too much. Null if no replica counts. */
  mean: Estimate | null;
}

/** Throws if a replica has no validation loss or no test loss. */
export function optimism(records: readonly ReplicaRecord[]): Optimism {
  const differences = Float64Array.from(records, (record, r) => {
    const validation = curveOf(record, 'validation-loss', r);
    if (!record.testLoss) throw new Error(`testLoss: replica ${r + 1} has no test loss; record it to see the optimism`);
    let best = -1;
    let lowest = Infinity;
    for (let e = 0; e < record.epochs; e++) {
      const value = validation[e]!;
      if (value === null || !(value < lowest)) continue;
      best = e;
      lowest = value;
    }
    const difference = best === -1 ? NaN : lowest - (record.testLoss[best] ?? NaN);
    return Number.isFinite(difference) ? difference : NaN;
  });
  return { differences, mean: estimate(differences) };
}
