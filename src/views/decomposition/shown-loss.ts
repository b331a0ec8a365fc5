/** @file What the choice of a loss gives to the decomposition beside it; its code comes after the first paint. */
import type { LossLens } from '../../session/loss-lens.svelte.ts';
import type { spokenLoss } from './spoken-loss.ts';

export interface ShownLoss {
  /** Null for the squared error of values or probabilities. */
  lens: LossLens | null;
  /** A sentence on what differs, or on what was drawn; empty where there is nothing to say. */
  besides: string;
  spoken: typeof spokenLoss;
}
