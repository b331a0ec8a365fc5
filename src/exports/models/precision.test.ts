/** @file Rounding against every float16 there is, and against definitions; pruning against sorting. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layoutOf } from '../../engine/model/network.ts';
import { DEFAULT_EXPERIMENT } from '../../engine/experiment/experiment.ts';
import { fromHalf, pruned, quantise, rounded, roundHalfToEven, toHalf } from './precision.ts';

test('every float16 comes back, and between two neighbours the even one is taken in the middle only', () => {
  // https://en.wikipedia.org/wiki/Half-precision_floating-point_format, examples.
  expect([0x3c00, 0x3c01, 0x0001, 0x03ff, 0x0400, 0x7bff, 0xc000, 0x3555].map(fromHalf)).toEqual([
    ...[1, 1 + 2 ** -10, 2 ** -24, (1023 / 1024) * 2 ** -14, 2 ** -14, 65504, -2, 0.333251953125],
  ]);
  const wrong: number[] = [];
  for (let bits = 0; bits < 0x7bff; bits++) {
    const [low, high] = [fromHalf(bits), fromHalf(bits + 1)];
    const middle = (low + high) / 2;
    const even = bits % 2 === 0 ? bits : bits + 1;
    const near = (high - low) / 1000;
    const right =
      toHalf(low) === bits &&
      toHalf(-low) === (bits | 0x8000) &&
      toHalf(middle) === even &&
      toHalf(middle - near) === bits &&
      toHalf(middle + near) === bits + 1;
    if (!right) wrong.push(bits);
  }
  expect(wrong).toEqual([]);
  expect([65519, 65520, 1e30, -Infinity].map(toHalf)).toEqual([0x7bff, 0x7c00, 0x7c00, 0xfc00]);
  expect(fromHalf(toHalf(NaN))).toBeNaN();
});

test('halves go to the even neighbour', () => {
  expect([0.5, 1.5, 2.5, -0.5, -1.5, 2.4999, -2.5].map(roundHalfToEven)).toEqual([0, 2, 2, 0, -2, 2, -2]);
});

const kernels = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })).chain(([inputs, units]) =>
  fc.record({
    units: fc.constant(units),
    kernel: fc.float32Array({ minLength: inputs * units, maxLength: inputs * units, noNaN: true, min: -9, max: 9 }),
  }),
);

test('int8: no weight is off by more than half a step of its unit, and the largest uses the whole range', () => {
  fc.assert(
    fc.property(kernels, ({ kernel, units }) => {
      const { codes, scales } = quantise(kernel, units);
      const back = rounded(kernel, units, 'int8');
      kernel.forEach((w, i) => expect(Math.abs(w - back[i]!)).toBeLessThanOrEqual(scales[i % units]! * 0.500001));
      for (let j = 0; j < units; j++) {
        const column = kernel.filter((_, i) => i % units === j);
        if (Math.max(...column.map(Math.abs)) > 1e-30)
          expect(Math.max(...codes.filter((_, i) => i % units === j).map(Math.abs))).toBe(127);
      }
    }),
  );
});

test('a weight that float16 cannot hold is refused with its value', () => {
  expect(() => rounded(Float32Array.of(1, 70000), 1, 'float16')).toThrow('A weight is 70000');
});

test('pruning takes the smallest weights of all kernels and leaves biases and gains', () => {
  const experiment = { ...DEFAULT_EXPERIMENT, model: { ...DEFAULT_EXPERIMENT.model, hidden: [4, 3], layerNorm: true } };
  const layout = layoutOf(experiment, 2, 1);
  const weights = Float32Array.from({ length: layout.parameters }, (_, i) => Math.sin(3.7 * i + 1));
  const kernel = (i: number) => layout.layers.some((layer) => i >= layer.weights && i < layer.biases);
  const sizes = [...weights].filter((_, i) => kernel(i)).map(Math.abs);
  for (const sparsity of [0, 0.3, 0.5, 1]) {
    const count = Math.floor(sparsity * sizes.length);
    const limit = sizes.toSorted((a, b) => a - b)[count] ?? Infinity;
    const expected = weights.map((w, i) => (kernel(i) && Math.abs(w) < limit ? 0 : w));
    expect(pruned(layout, weights, sparsity)).toEqual(expected);
  }
  expect(() => pruned(layout, weights, 1.5)).toThrow('sparsity: 1.5 must be from 0 to 1');
});
