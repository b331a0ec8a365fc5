/** @file The padded layout: a faithful, reversible rearrangement with every dimension a multiple. */
import { expect, it } from 'vitest';
import { jobOf } from '../testing.ts';
import { pad, padLayout, unpad } from './padding.ts';

const { layout } = jobOf();

it.each([1, 32])('puts every parameter in one place and takes it back (multiple of %d)', (multiple) => {
  const padded = padLayout(layout, multiple);
  for (const { rows, columns } of padded.layers) expect([rows % multiple, columns % multiple]).toEqual([0, 0]);
  expect(new Set(padded.index).size).toBe(layout.parameters);
  const values = Float32Array.from({ length: 2 * layout.parameters }, (_, i) => i + 1);
  const spread = pad(padded, values);
  expect(unpad(padded, spread)).toEqual(values);
  expect(spread.filter((value) => value !== 0).length).toBe(values.length);
});

it('lets each layer’s columns be the next one’s rows, constant 1 included', () => {
  const { layers } = padLayout(layout, 1);
  // 2-5-4-1, one more for the bias.
  expect(layers.map(({ rows, columns }) => [rows, columns])).toEqual([
    [3, 6],
    [6, 5],
    [5, 1],
  ]);
});

it('marks weights for decay and leaves biases out', () => {
  const { real, decayed } = padLayout(layout, 32);
  const count = (mask: Float32Array) => mask.reduce((a, b) => a + b);
  expect(count(real)).toBe(layout.parameters);
  expect(count(real) - count(decayed)).toBe(5 + 4 + 1);
});
