/** @file Metrics against numbers worked out by hand and the definition of the expected test error. */
import { expect, it } from 'vitest';
import { Metrics } from './metrics.ts';
import { objectiveMath } from '../model/objectives.ts';
import type { Replicas } from '../data/replicas.ts';
import type { Job } from '../trainers/trainer.ts';
import { jobOf, type JobParts } from '../trainers/trainer.testing.ts';

/** One replica with two training points, one validation point and two test points. */
function job(parts: Partial<JobParts>, y: number[], target: number[], noise: number[]): Job {
  const made = jobOf({ replicas: 1, ...parts });
  const split = (labels: number[]) => ({
    size: labels.length,
    x: new Float32Array(2 * labels.length),
    y: Float32Array.from(labels),
  });
  const test = {
    size: 2,
    x: new Float32Array(4),
    target: Float64Array.from(target),
    noise: Float64Array.from(noise),
    known: true,
  };
  const replicas: Replicas = { ...made.replicas, train: split(y.slice(0, 2)), validation: split(y.slice(2)), test };
  return { ...made, replicas };
}

it('squared error: means over points, and the noise added exactly', () => {
  const metrics = new Metrics(job({}, [1, 2, 3], [1, 0], [0.25, 0.25]), Int32Array.of(1));
  const block = metrics.measure(
    { count: 1, outputs: Float32Array.of(2, 2, 1, 1.5, 2), weights: new Float32Array() },
    4,
    8,
  );
  expect(block).toMatchObject({ first: 4, count: 1, elapsedMs: 8 });
  expect(block.curves.trainLoss![0]).toBe(0.5);
  expect(block.curves.validationLoss![0]).toBe(4);
  // ((0.5² + 2²) / 2 + 0.25; at the second point alone 2² + 0.25.
  expect(block.curves.testLoss![0]).toBe(2.375);
  expect(block.curves.error![0]).toBe(4.25);
  expect(Array.from(block.predictions)).toEqual([2]);
  expect(block.curves.testAccuracy).toBeUndefined();
});

it('cross-entropy: the test loss is the expectation over the labels', () => {
  const q = [0.9, 0.2];
  const metrics = new Metrics(
    job(
      { objective: 'binary-cross-entropy' },
      [1, 0, 1],
      q,
      q.map((p) => p * (1 - p)),
    ),
    Int32Array.of(0, 1),
  );
  const z = [1, 2, -1, 0.5, 3];
  const { curves, predictions } = metrics.measure(
    { count: 1, outputs: Float32Array.from(z), weights: new Float32Array() },
    0,
    1,
  );
  const p = [1 / (1 + Math.exp(-0.5)), 1 / (1 + Math.exp(-3))] as const;
  const expected = q.reduce((sum, qi, i) => sum - qi * Math.log(p[i]!) - (1 - qi) * Math.log(1 - p[i]!), 0) / 2;
  // Curves are kept in float32.
  expect(curves.testLoss![0]).toBeCloseTo(expected, 6);
  expect(curves.testAccuracy![0]).toBeCloseTo((0.9 + 0.2) / 2, 6);
  expect(curves.trainAccuracy![0]).toBe(0.5);
  expect(curves.validationAccuracy![0]).toBe(0);
  const brier = q.reduce((sum, qi, i) => sum + qi * (1 - qi) + (p[i]! - qi) ** 2, 0) / 2;
  expect(curves.error![0]).toBeCloseTo(brier, 6);
  expect(predictions[1]).toBeCloseTo(p[1], 6);
});

it('takes each replica and epoch from its own place', () => {
  const made = jobOf({ objective: 'softmax-cross-entropy', outputs: 3 });
  const { train, validation, test } = made.replicas;
  const M = train.size + validation.size + test.size;
  const outputs = Float32Array.from({ length: 2 * 3 * M * 3 }, (_, i) => Math.sin(i));
  const { curves } = new Metrics(made, Int32Array.of(0)).measure(
    { count: 2, outputs, weights: new Float32Array() },
    0,
    1,
  );
  const [epoch, r] = [1, 2];
  let loss = 0;
  for (let i = 0; i < validation.size; i++) {
    const at = ((epoch * 3 + r) * M + train.size + i) * 3;
    const oneHot = [0, 1, 2].map((k) => (validation.y[r * validation.size + i] === k ? 1 : 0));
    loss += objectiveMath(made.experiment).loss(outputs, at, oneHot, 0, 3) / validation.size;
  }
  expect(curves.validationLoss![epoch * 3 + r]).toBeCloseTo(loss, 6);
});

it('does not hide what is not finite', () => {
  const metrics = new Metrics(job({}, [1, 2, 3], [1, 0], [0, 0]), Int32Array.of(0));
  const { curves } = metrics.measure(
    { count: 1, outputs: Float32Array.of(NaN, 1, 1, Infinity, 1), weights: new Float32Array() },
    0,
    1,
  );
  expect(curves.trainLoss![0]).toBeNaN();
  expect(curves.testLoss![0]).toBe(Infinity);
});
