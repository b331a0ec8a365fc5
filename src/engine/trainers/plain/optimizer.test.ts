/** @file The optimizers against updates worked out by hand. */
import { expect, it } from 'vitest';
import { emptySlots, update } from './optimizer.ts';
import type { OptimizerSettings } from '../../optimizers.ts';

/** The weight after each of some gradients, from 1. */
function path(settings: OptimizerSettings, gradients: number[]): number[] {
  const w = Float64Array.of(1);
  const slots = emptySlots(settings, 1);
  return gradients.map((g, i) => {
    update(settings, w, Float64Array.of(g), slots, i + 1);
    return w[0]!;
  });
}

it('SGD: w − ηg', () => {
  const [first, second] = path({ name: 'sgd', learningRate: 0.1 }, [2, -1]);
  expect(first).toBeCloseTo(0.8, 15);
  expect(second).toBeCloseTo(0.9, 15);
});

it('momentum: v = μv − ηg', () => {
  // v: −0.2, −0.18 + 0.1 = −0.08, −0.072.
  const got = path({ name: 'momentum', learningRate: 0.1, momentum: 0.9 }, [2, -1, 0]);
  [0.8, 0.72, 0.648].forEach((w, i) => expect(got[i]).toBeCloseTo(w, 14));
});

it('Adam: the first step is η whatever the gradient, the second as by hand', () => {
  const settings: OptimizerSettings = { name: 'adam', learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-7 };
  const [first, second] = path(settings, [3, -1]);
  expect(first).toBeCloseTo(0.9, 8);
  // m = 0.9·0.3 − 0.1 = 0.17, m̂ = 0.17/0.19; v = 0.99·0.09 + 0.01 = 0.0991, v̂ = 0.0991/0.0199.
  expect(second).toBeCloseTo(first! - (0.1 * (0.17 / 0.19)) / (Math.sqrt(0.0991 / 0.0199) + 1e-7), 12);
});
