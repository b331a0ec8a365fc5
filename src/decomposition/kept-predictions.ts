/** @file The predictions of every replica at an epoch of its own, as the decompositions ask for them. */
import type { Tape } from '../engine/record/tape.ts';

/** Of replica r `[D, K]` at `epochs[r]`; null where that is −1 or the replica has diverged by then. */
export function predictionsAtEpochs(tape: Tape, epochs: ArrayLike<number>): (replica: number) => Float32Array | null {
  return (r) => {
    const epoch = epochs[r]!;
    return epoch !== -1 && tape.sound(r, epoch) ? tape.prediction(r, epoch) : null;
  };
}

/** The same with one epoch for all. */
export function predictionsAtEpoch(tape: Tape, epoch: number): (replica: number) => Float32Array | null {
  return (r) => (tape.sound(r, epoch) ? tape.prediction(r, epoch) : null);
}
