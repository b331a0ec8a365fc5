/**
 * @file The ensemble's predictions at the decomposition points at the epochs shown: the data that all these views draw.
 */
import { decompose, type Decomposition } from '../../decomposition/decompose.ts';
import type { Tape } from '../../engine/record/tape.ts';

export interface Picture {
  tape: Tape;
  /** `[R]`: the epoch shown of each replica; −1 where it has none. */
  epochs: Int32Array;
  decomposition: Decomposition;
}

/** Every replica at one epoch; null if none is sound there. */
export function pictureAt(tape: Tape, epoch: number, target: Parameters<typeof decompose>[2]): Picture | null {
  const epochs = new Int32Array(tape.shape.replicas).fill(Math.min(epoch, tape.length - 1));
  const decomposition = decompose((r) => predictionOf({ tape, epochs }, r), epochs.length, target);
  return decomposition && { tape, epochs, decomposition };
}

/** `[D, K]` as a view; null for a replica that has diverged. */
export function predictionOf({ tape, epochs }: Pick<Picture, 'tape' | 'epochs'>, replica: number): Float32Array | null {
  const epoch = epochs[replica];
  return epoch !== undefined && epoch >= 0 && tape.sound(replica, epoch) ? tape.prediction(replica, epoch) : null;
}

/** The predictions of all replicas that are sound. */
export function predictionsOf(picture: Picture): Float32Array[] {
  return Array.from(picture.epochs, (_, r) => predictionOf(picture, r)).filter((prediction) => prediction !== null);
}
