/** @file What rounding, pruning and averaging do to a model on the test points: said before a file is taken away. */
import type { TestSet } from '../../engine/data/replicas.ts';
import { forward } from '../../engine/model/network.ts';
import { classifies, objectiveMath } from '../../engine/model/objectives.ts';
import { accuracy, addPoints, calibrationError, emptyTally } from '../../engine/record/scores.ts';
import type { ModelMaterial, ModelOptions } from './model.ts';
import { compressed } from './precision.ts';

export interface TestScores {
  loss: number;
  /** Of classes; else null. */
  accuracy: number | null;
  calibrationError: number | null;
}

/**
 * As Metrics scores an epoch. Of several members the mean prediction is scored: the mean of values, or of probabilities,
 * whose logarithms stand in for the last sums.
 */
export function testScores({ experiment, network }: ModelMaterial, options: ModelOptions, test: TestSet): TestScores {
  const { layout, members } = network;
  const { size: n, x, target, noise } = test;
  const K = layout.outputs;
  const math = objectiveMath(experiment);
  const mean = new Float64Array(n * K);
  let sums: Float64Array = mean;
  for (const { weights } of members) {
    sums = forward(layout, compressed(layout, weights, options), x, n);
    const predictions = new Float64Array(n * K);
    for (let i = 0; i < n; i++) math.predict(sums, i * K, K, predictions, i * K);
    predictions.forEach((p, i) => (mean[i]! += p / members.length));
  }
  const classes = classifies(experiment.objective);
  if (members.length > 1) sums = classes ? mean.map(K === 1 ? (p) => Math.log(p / (1 - p)) : Math.log) : mean;
  let loss = 0;
  for (let i = 0; i < n; i++) loss += math.loss(sums, i * K, target, i * K, K, classes ? 0 : noise[i]!) / n;
  if (!classes) return { loss, accuracy: null, calibrationError: null };
  const tally = emptyTally(K);
  addPoints(tally, mean, 0, target, 0, n);
  return { loss, accuracy: accuracy(tally), calibrationError: calibrationError(tally) };
}
