/**
 * @file A finite test set with noise, drawn for a run on data of a known law: what a real test set is. The tape's own
 * error is exact, so that looking at it often spoils nothing; this one can be used up, and a second one stays sealed.
 */
import { stream } from '../engine/random.ts';
import type { Tape } from '../engine/record/tape.ts';
import type { DecompositionTarget } from '../decomposition/decompose.ts';

export interface NoisyTest {
  /** `[size]`: which of the decomposition points. */
  points: Int32Array;
  /** `[size]`: noisy targets there. */
  y: Float64Array;
}

/**
 * Those of a run are told apart by their number, from 0; all come from its seed (the first stream of this purpose is
 * robustness.ts's). For values of a known law only.
 */
export function drawNoisyTest(
  target: Pick<DecompositionTarget, 'target' | 'noise' | 'known'>,
  seed: number,
  size: number,
  which: number,
): NoisyTest {
  if (!target.known) throw new Error('data.source: the law is not known; choose generated data for a noisy test');
  const numbers = stream(seed, 'test-noise', which + 1, 0);
  const D = target.noise.length;
  const points = Int32Array.from({ length: size }, () => numbers.integer(D));
  const y = Float64Array.from(
    points,
    (point) => target.target[point]! + Math.sqrt(target.noise[point]!) * numbers.normal(),
  );
  return { points, y };
}

/** Mean squared error of one replica after an epoch (index) on a noisy test; the tape has one output. */
export function noisyLoss(tape: Tape, { points, y }: NoisyTest, replica: number, epoch: number): number {
  const predictions = tape.prediction(replica, epoch);
  let sum = 0;
  for (let i = 0; i < points.length; i++) sum += (predictions[points[i]!]! - y[i]!) ** 2;
  return sum / points.length;
}

/** The same for every epoch recorded. */
export const noisyLosses = (tape: Tape, test: NoisyTest, replica: number): Float64Array =>
  Float64Array.from({ length: tape.length }, (_, epoch) => noisyLoss(tape, test, replica, epoch));
