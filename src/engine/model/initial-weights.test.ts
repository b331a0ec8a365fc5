/** @file Initial weights against the bounds, moments and angles that their laws promise. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fillWeights } from './initial-weights.ts';
import type { InitializerName } from './initializers.ts';
import { stream } from '../random.ts';

function weights(name: InitializerName, inputs: number, outputs: number, activation: 'tanh' | 'relu' = 'tanh') {
  const into = new Float32Array(inputs * outputs + 2).fill(7);
  fillWeights(name, { inputs, outputs, activation }, stream(3, 'weights', 0, 0), into, 1);
  expect([into[0], into.at(-1)]).toEqual([7, 7]);
  return into.subarray(1, -1);
}

it.each([
  ['glorot', 6 / (60 + 40)],
  ['he', 6 / 60],
  ['lecun', 3 / 60],
] as const)('%s fills its interval evenly', (name, square) => {
  const w = weights(name, 60, 40);
  const limit = Math.sqrt(square);
  expect(Math.max(...w)).toBeLessThanOrEqual(limit);
  expect(Math.max(...w)).toBeGreaterThan(0.99 * limit);
  // 2,400 numbers of variance limit²/3: the mean of their squares has a relative standard error of 0.018.
  const mean = w.reduce((sum, x) => sum + x * x, 0) / w.length;
  expect(Math.abs(mean / (square / 3) - 1)).toBeLessThan(0.08);
});

it('goes by the activation when left to choose', () => {
  expect(weights('auto', 8, 4, 'relu')).toEqual(weights('he', 8, 4));
  expect(weights('auto', 8, 4)).toEqual(weights('glorot', 8, 4));
});

it('zeros are zeros', () => {
  expect(weights('zeros', 5, 3).every((w) => w === 0)).toBe(true);
});

it('orthogonal: the shorter side’s vectors have length one and right angles', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), (inputs, outputs) => {
      const w = weights('orthogonal', inputs, outputs);
      const tall = inputs >= outputs;
      const at = (vector: number, i: number) => w[tall ? i * outputs + vector : vector * outputs + i]!;
      for (let a = 0; a < Math.min(inputs, outputs); a++) {
        for (let b = 0; b <= a; b++) {
          let product = 0;
          for (let i = 0; i < Math.max(inputs, outputs); i++) product += at(a, i) * at(b, i);
          // Rounding to float32.
          expect(product).toBeCloseTo(a === b ? 1 : 0, 5);
        }
      }
    }),
  );
});
