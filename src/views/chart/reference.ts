/** @file What the data alone say about the error before training: its floor, and a range for the empty axis. */
import type { ObjectiveName } from '../../engine/model/objectives.ts';
import type { TestSet } from '../../engine/data/replicas.ts';
import { roundUp } from './value-scale.ts';

/**
 * The loss no network can get below on average: σ² for squared error, the mean entropy of the labels −Σ q ln q (nats)
 * for cross-entropy. Null where the law is not known or has no noise.
 */
export function noiseFloor(test: TestSet, objective: ObjectiveName): number | null {
  if (!test.known) return null;
  const floor = objective === 'squared-error' ? average(test.noise) : average(entropies(test));
  return floor > 0 ? floor : null;
}

/** Squared error of a network that always says the mean target, noise included: a size to expect. */
export function constantError({ target, noise, size }: TestSet): number {
  const K = target.length / size;
  let variance = 0;
  for (let k = 0; k < K; k++) {
    const column = Float64Array.from({ length: size }, (_, i) => target[i * K + k]!);
    const mean = average(column);
    variance += average(column.map((f) => (f - mean) ** 2));
  }
  return variance + average(noise);
}

/** Cut of the loss axis before there is a curve. */
export function firstLossCut(test: TestSet, objective: ObjectiveName): number {
  const classes = Math.max(2, test.target.length / test.size);
  const guess = objective === 'squared-error' ? 0.8 * constantError(test) : 1.15 * Math.log(classes);
  return guess > 0 ? roundUp(guess) : 1;
}

/** Cut of the error axis before there is a curve. */
export function firstErrorCut(test: TestSet): number {
  const guess = 0.45 * constantError(test);
  return guess > 0 ? roundUp(guess) : 1;
}

function entropies({ target, size }: TestSet): Float64Array {
  const K = target.length / size;
  const term = (q: number) => (q > 0 ? -q * Math.log(q) : 0);
  return Float64Array.from({ length: size }, (_, i) => {
    if (K === 1) return term(target[i]!) + term(1 - target[i]!);
    return target.subarray(i * K, i * K + K).reduce((sum, q) => sum + term(q), 0);
  });
}

function average(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
