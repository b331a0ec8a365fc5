/** @file Error at the stop and compute spent, averaged over replicas. */
import { errorOf, type ReplicaRecord } from '../stopping/records.ts';
import { estimate, type Estimate } from '../decomposition/estimate.ts';

/** Where a replica's training ended, and the epoch whose weights it keeps; −1 for an empty history. */
export interface Stop {
  stop: number;
  restored: number;
}

export interface Judged {
  /** `[R]`: error of the weights kept; NaN where they are worth nothing. */
  errors: Float64Array;
  /** `[R]`: epochs trained as a share of those planned. */
  spent: Float64Array;
  /** Mean error; null if no replica counts. */
  error: Estimate | null;
  /** Mean epochs trained. */
  epochs: number;
  /** Mean of `spent`. */
  compute: number;
}

/** `planned` are the epochs of the whole training. Throws if the records have no error to judge by. */
export function judge(records: readonly ReplicaRecord[], stops: readonly Stop[], planned: number): Judged {
  const errors = Float64Array.from(records, (record, r) => errorOf(record, r)[stops[r]!.restored] ?? NaN);
  const spent = Float64Array.from(stops, ({ stop }) => (stop + 1) / planned);
  const compute = spent.reduce((a, b) => a + b, 0) / spent.length;
  return { errors, spent, error: estimate(errors), epochs: compute * planned, compute };
}
