/** @file The scores of a model are those that were recorded of its epoch; rounding and pruning change them as they should. */
import { expect, test } from 'vitest';
import { experiment as experimentOf } from '../../engine/data/replicas.testing.ts';
import { drawReplicas } from '../../engine/data/replicas.ts';
import { initialWeights, layoutOf } from '../../engine/model/network.ts';
import { networkOf } from '../network.ts';
import { testScores } from './effect.ts';
import { modelOf } from './build-model.ts';
import { predict } from './predict.ts';
import type { ModelOptions } from './model.ts';

const AS_IS: ModelOptions = { precision: 'float32', sparsity: 0 };

function drawn(partial: object) {
  const experiment = experimentOf({ replicas: { count: 3 }, model: { hidden: [6], initialScale: 2 }, ...partial });
  const replicas = drawReplicas(experiment, null);
  const layout = layoutOf(experiment, replicas.features, replicas.outputs);
  const members = [0, 1, 2].map((replica) => ({
    replica,
    epoch: 0,
    weights: initialWeights(layout, experiment, replica),
  }));
  const of = (which: typeof members) => ({
    experiment,
    network: networkOf({ experiment, replicas, table: null }, which),
  });
  const { mean, sd, scale } = replicas.standardisation;
  const raw = Array.from({ length: replicas.test.size }, (_, i) =>
    Array.from(mean, (m, d) => m + (replicas.test.x[i * mean.length + d]! * sd[d]!) / scale),
  );
  return { of, members, replicas, raw };
}

test.each([1, 3])('squared error of the mean of %i members, by its definition', (count) => {
  const { of, members, replicas, raw } = drawn({ data: { source: 'sine', testSize: 64 } });
  const material = of(members.slice(0, count));
  const { target, noise } = replicas.test;
  const { outputs } = predict(modelOf(material), raw);
  const expected = outputs.reduce((sum, [y], i) => sum + (y! - target[i]!) ** 2 + noise[i]!, 0) / raw.length;
  const { loss, accuracy } = testScores(material, AS_IS, replicas.test);
  expect(loss).toBeCloseTo(expected, 6);
  expect(accuracy).toBeNull();
});

test.each([
  ['binary-cross-entropy', 1],
  ['binary-cross-entropy', 3],
  ['softmax-cross-entropy', 1],
  ['softmax-cross-entropy', 3],
])('%s and accuracy of the mean of %i members, by their definitions', (objective, count) => {
  const { of, members, replicas, raw } = drawn({ objective, data: { source: 'moons', testSize: 64 } });
  const material = of(members.slice(0, count));
  const K = replicas.outputs;
  const { outputs } = predict(modelOf(material), raw);
  // Probabilities of both classes, said and true.
  const both = (p: ArrayLike<number>, at: number) => (K === 1 ? [1 - p[at]!, p[at]!] : [p[at]!, p[at + 1]!]);
  let [loss, right] = [0, 0];
  outputs.forEach((output, i) => {
    const [said, truth] = [both(output, 0), both(replicas.test.target, i * K)];
    loss -= (truth[0]! * Math.log(said[0]!) + truth[1]! * Math.log(said[1]!)) / raw.length;
    right += truth[said[1]! > said[0]! ? 1 : 0]! / raw.length;
  });
  const scores = testScores(material, AS_IS, replicas.test);
  expect(scores.loss).toBeCloseTo(loss, 5);
  expect(scores.accuracy).toBeCloseTo(right, 5);
});

test('rounding changes the loss a little, pruning everything away leaves the biases', () => {
  const { of, members, replicas } = drawn({ data: { source: 'sine', testSize: 64 } });
  const material = of(members.slice(0, 1));
  const loss = (options: ModelOptions) => testScores(material, options, replicas.test).loss;
  const exact = loss(AS_IS);
  const [half, byte] = [loss({ precision: 'float16', sparsity: 0 }), loss({ precision: 'int8', sparsity: 0 })];
  expect(half).not.toBe(exact);
  expect(Math.abs(half / exact - 1)).toBeLessThan(0.01);
  expect(Math.abs(byte / exact - 1)).toBeLessThan(0.1);
  // Biases begin at 0: what is left predicts 0.
  const { target, noise, size } = replicas.test;
  const zero = target.reduce((sum, y, i) => sum + (y ** 2 + noise[i]!) / size, 0);
  expect(loss({ precision: 'float32', sparsity: 1 })).toBeCloseTo(zero, 10);
});
