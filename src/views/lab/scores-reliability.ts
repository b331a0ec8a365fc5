/** @file Confidence against accuracy over the predictions of all replicas with finite weights. */
import { addPoints, emptyTally, type Tally } from '../../engine/record/scores.ts';
import type { Tape } from '../../engine/record/tape.ts';

export interface Pooled {
  tally: Tally;
  /** Replicas whose predictions are in it. */
  replicas: number;
}

/**
 * Tallies the decomposition points of each replica at its own epoch, `epochs` `[R]`, against the targets `[D, K]`; −1
 * leaves a replica out, as do those that have diverged there. Yields after each replica, so that the page can draw between.
 */
export function* pool(tape: Tape, epochs: ArrayLike<number>, target: Float64Array): Generator<void, Pooled> {
  const { replicas: R, points, outputs } = tape.shape;
  const tally = emptyTally(outputs);
  let replicas = 0;
  for (let r = 0; r < R; r++) {
    const epoch = epochs[r]!;
    if (epoch < 0 || !tape.sound(r, epoch)) continue;
    addPoints(tally, tape.prediction(r, epoch), 0, target, 0, points);
    replicas += 1;
    yield;
  }
  return { tally, replicas };
}

/** The lower edge of the first bin that a decision between so many classes can fall into: its confidence is 1/C at least. */
export function leastConfidence({ classes, bins }: Tally): number {
  const count = bins.length / 3;
  return (Math.ceil(count / classes) - 1) / count;
}
