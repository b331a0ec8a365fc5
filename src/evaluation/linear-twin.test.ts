/** @file The closed form against gradient descent step by step and a trained run, the ridge solution against its equations. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { train } from '../cli/train.ts';
import { withDefaults } from '../engine/experiment/defaults.ts';
import { LeastSquares, leastSquaresOf, linearError, twinPenalty, twinSteps } from './linear-twin.ts';
import { symmetricEigen } from './symmetric.ts';

const points = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 12 })).chain(([features, n]) =>
  fc.record({
    features: fc.constant(features),
    x: fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: n * features, maxLength: n * features }),
    y: fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: n, maxLength: n }),
  }),
);

/** The gradient of the loss at weights, from its definition. */
function gradient(theta: ArrayLike<number>, x: number[], y: number[], features: number, penalty: number): number[] {
  const sum = new Array<number>(features + 1).fill(0);
  y.forEach((target, p) => {
    const inputs = [...x.slice(p * features, (p + 1) * features), 1];
    const d = inputs.reduce((value, input, j) => value + input * theta[j]!, -target);
    inputs.forEach((input, j) => (sum[j]! += (2 * d * input) / y.length));
  });
  return sum.map((slope, j) => slope + (j < features ? 2 * penalty * theta[j]! : 0));
}

describe('least squares', () => {
  it('descends as gradient descent does, step by step', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 0, max: 200 }), ({ x, y, features }, steps) => {
        const theta = new Array<number>(features + 1).fill(0);
        for (let t = 0; t < steps; t++) {
          gradient(theta, x, y, features, 0).forEach((slope, j) => (theta[j]! -= 0.02 * slope));
        }
        const closed = new LeastSquares(x, y, features).descended(0.02, steps);
        theta.forEach((value, j) => expect(closed[j]).toBeCloseTo(value, 9));
      }),
    );
  });

  it('has no slope left at the ridge solution', () => {
    fc.assert(
      fc.property(points, fc.double({ min: 0.01, max: 2, noNaN: true }), ({ x, y, features }, penalty) => {
        const theta = new LeastSquares(x, y, features).ridge(penalty);
        for (const slope of gradient(theta, x, y, features, penalty)) expect(slope).toBeCloseTo(0, 9);
      }),
    );
  });

  it('counts the penalty of so many epochs, and back', () => {
    expect(twinPenalty(0.02, 25)).toBe(1);
    expect(twinSteps(0.02, twinPenalty(0.02, 83))).toBeCloseTo(83, 12);
  });
});

it('finds eigenvectors that are orthonormal and stretched by their values', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 16, maxLength: 16 }), (numbers) => {
      const a = Float64Array.from({ length: 16 }, (_, at) => numbers[at]! + numbers[(at % 4) * 4 + (at >> 2)]!);
      const { values, vectors } = symmetricEigen(a, 4);
      for (let k = 0; k < 4; k++) {
        const column = (j: number) => [0, 1, 2, 3].map((i) => vectors[i * 4 + j]!);
        const dot = (u: number[], v: number[]) => u.reduce((sum, x, i) => sum + x * v[i]!, 0);
        for (let j = 0; j < 4; j++) expect(dot(column(k), column(j))).toBeCloseTo(j === k ? 1 : 0, 10);
        column(k).forEach((x, i) =>
          expect(dot([...a.subarray(i * 4, i * 4 + 4)], column(k))).toBeCloseTo(values[k]! * x, 10),
        );
      }
    }),
  );
});

it('is what a linear network really does', async () => {
  const parsed = withDefaults({
    data: { source: 'auto-mpg', trainSize: 12, validationSize: 40 },
    replicas: { count: 4 },
    model: { hidden: [], inputScale: 1, initialScale: 0 },
    training: { epochs: 300, optimizer: { name: 'sgd', learningRate: 0.02 } },
  });
  if (!parsed.ok) throw new Error('the settings are right');
  const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());
  const clock = { now: () => performance.now(), after };
  const trained = await train(parsed.experiment, 'wasm', clock, { step: () => undefined, recorded: () => undefined });
  const { replicas } = trained.material;
  leastSquaresOf(replicas).forEach((squares, r) => {
    for (const epochs of [1, 10, 300]) {
      const error = linearError(squares.descended(0.02, epochs), replicas, trained.points);
      // The network computes in float32, 300 steps long.
      expect(trained.tape.error[r * 300 + epochs - 1]).toBeCloseTo(error, 4);
    }
  });
});
