/** @file The padded layout: a faithful, reversible rearrangement with every dimension a multiple. */
import { expect, it } from 'vitest';
import { jobOf } from '../trainer.testing.ts';
import { pad, padLayout, unpad } from './padding.ts';

const { layout } = jobOf();
const { layout: normalised } = jobOf({ model: { layerNorm: true } });

it.each([
  [1, 'plain', layout],
  [32, 'plain', layout],
  [1, 'normalised', normalised],
  [32, 'normalised', normalised],
])('puts every parameter in one place and takes it back (multiple of %d, %s)', (multiple, _, layout) => {
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

it('marks weights for decay and leaves biases, gains and shifts out', () => {
  const count = (mask: Float32Array) => mask.reduce((a, b) => a + b);
  const plain = padLayout(layout, 32);
  expect(count(plain.real)).toBe(layout.parameters);
  expect(count(plain.real) - count(plain.decayed)).toBe(5 + 4 + 1);
  const { real, decayed } = padLayout(normalised, 32);
  expect(count(real)).toBe(layout.parameters + 2 * (5 + 4));
  expect(count(decayed)).toBe(count(plain.decayed));
});
