/** @file What the data alone say about the error before training: its floor, and a range for the empty axis. */
import { classifies, objectiveMath, OBJECTIVES, type ObjectiveSettings } from '../../engine/model/objectives.ts';
import type { TestSet } from '../../engine/data/replicas.ts';
import { roundUp } from './value-scale.ts';

/** The loss no network can get below on average. Null where the law of the data or the floor is not known, or is 0. */
export function noiseFloor(test: TestSet, objective: ObjectiveSettings): number | null {
  if (!test.known) return null;
  const math = objectiveMath(objective);
  const K = test.target.length / test.size;
  let sum = 0;
  for (let i = 0; i < test.size; i++) {
    const least = math.least(test.target, i * K, K, test.noise[i]!);
    if (least === null) return null;
    sum += least;
  }
  return sum > 0 ? sum / test.size : null;
}

/** Loss of a network that says the same of every point: the mean target, or that all classes are alike. */
export function constantLoss(test: TestSet, objective: ObjectiveSettings): number {
  const math = objectiveMath(objective);
  const classes = classifies(objective.objective);
  const K = test.target.length / test.size;
  const means = Float64Array.from({ length: K }, (_, k) => (classes ? 0 : average(column(test, k))));
  const losses = Float64Array.from({ length: test.size }, (_, i) =>
    math.loss(means, 0, test.target, i * K, K, classes ? 0 : test.noise[i]!),
  );
  return average(losses);
}

/** Squared error of a network that always says the mean target, noise included: a size to expect. */
export function constantError(test: TestSet): number {
  const K = test.target.length / test.size;
  let variance = 0;
  for (let k = 0; k < K; k++) {
    const targets = column(test, k);
    const mean = average(targets);
    variance += average(targets.map((f) => (f - mean) ** 2));
  }
  return variance + average(test.noise);
}

/** Cut of the loss axis before there is a curve. */
export function firstLossCut(test: TestSet, objective: ObjectiveSettings): number {
  const guess = OBJECTIVES[objective.objective].firstCut * constantLoss(test, objective);
  return guess > 0 ? roundUp(guess) : 1;
}

/** Cut of the error axis before there is a curve. */
export function firstErrorCut(test: TestSet): number {
  const guess = 0.45 * constantError(test);
  return guess > 0 ? roundUp(guess) : 1;
}

/** `[size]`: the targets of one output. */
function column({ target, size }: TestSet, k: number): Float64Array {
  const K = target.length / size;
  return Float64Array.from({ length: size }, (_, i) => target[i * K + k]!);
}

function average(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
