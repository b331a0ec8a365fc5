/** @file Objectives against their definitions, finite differences, and extremes where naive formulas overflow. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decisionAccuracy, OBJECTIVE_MATH, OBJECTIVES, type ObjectiveName } from './objectives.ts';

const predict = (name: ObjectiveName, z: number[]) => {
  const into = new Float64Array(z.length);
  OBJECTIVE_MATH[name].predict(z, 0, z.length, into, 0);
  return Array.from(into);
};
const loss = (name: ObjectiveName, z: number[], target: number[]) =>
  OBJECTIVE_MATH[name].loss(z, 0, target, 0, z.length);

describe.each(Object.keys(OBJECTIVES) as ObjectiveName[])('%s', (name) => {
  const outputs = name === 'softmax-cross-entropy' ? 3 : 1;
  const numbers = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: outputs, maxLength: outputs });
  const targets =
    name === 'softmax-cross-entropy'
      ? fc.constantFrom<number[]>([1, 0, 0], [0, 0, 1], [0.2, 0.5, 0.3])
      : fc.double({ min: 0, max: 1, noNaN: true }).map((t) => [t]);

  it('has the slope factor · (prediction − target)', () => {
    fc.assert(
      fc.property(numbers, targets, (z, target) => {
        const h = 1e-5;
        const prediction = predict(name, z);
        z.forEach((_, k) => {
          const moved = (by: number) => z.map((zk, i) => (i === k ? zk + by : zk));
          const difference = (loss(name, moved(h), target) - loss(name, moved(-h), target)) / (2 * h);
          // Cancellation leaves about 1e-16 · loss / h.
          expect(OBJECTIVE_MATH[name].factor * (prediction[k]! - target[k]!)).toBeCloseTo(difference, 7);
        });
      }),
    );
  });
});

it('agrees with minus the log-probability', () => {
  expect(loss('binary-cross-entropy', [0.7], [1])).toBeCloseTo(-Math.log(1 / (1 + Math.exp(-0.7))), 14);
  const [e1, e2, e3] = [Math.exp(1), Math.exp(2), Math.exp(3)] as const;
  expect(loss('softmax-cross-entropy', [1, 2, 3], [0, 1, 0])).toBeCloseTo(-Math.log(e2 / (e1 + e2 + e3)), 14);
  expect(predict('softmax-cross-entropy', [1, 2, 3]).reduce((a, b) => a + b)).toBeCloseTo(1, 14);
});

it('stays finite where probabilities round to 0 and 1', () => {
  expect(loss('binary-cross-entropy', [800], [0])).toBe(800);
  expect(loss('binary-cross-entropy', [-800], [0])).toBe(0);
  expect(loss('softmax-cross-entropy', [0, 900], [1, 0])).toBe(900);
});

it('scores a decision by the probability that it is right', () => {
  expect(decisionAccuracy([0.1], 0, [0.8], 0, 1)).toBe(0.8);
  expect(decisionAccuracy([-0.1], 0, [0.8], 0, 1)).toBeCloseTo(0.2, 15);
  expect(decisionAccuracy([9, 1, 3, 2], 1, [0.1, 0.7, 0.2], 0, 3)).toBe(0.7);
});
