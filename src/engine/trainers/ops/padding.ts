/**
 * @file Where the parameters of a network stand in the padded matrices that the tensor operations use.
 *
 * Biases are the last real row of a layer's matrix, met by an input that is always 1. TensorFlow.js's WebGPU products
 * read past the end of a replica's matrix unless every inner dimension is a multiple of 32, and would carry one
 * replica's NaN into its neighbours; so there everything is padded with zeros to that multiple, elsewhere to 1.
 *
 * The gains and shifts of a normalised layer are two more rows below its matrix, which take no part in the product.
 */
import type { Activation } from '../../model/activations.ts';
import type { Layout } from '../../model/network.ts';

export interface PaddedLayer {
  /** Inputs, the constant 1, padding. */
  rows: number;
  /** Outputs, room for the next layer's constant 1, padding. */
  columns: number;
  /** Real outputs; for hidden layers also the column of the constant 1. */
  outputs: number;
  /** Where the matrix `[rows, columns]` begins in the padded vector. */
  at: number;
  /** Whether a row of gains and a row of shifts follow the matrix. */
  normalised: boolean;
  activation: Activation;
}

export interface PaddedLayout {
  layers: PaddedLayer[];
  /** P′: length of the padded vector of one replica. */
  length: number;
  /** `[P]`: where each parameter of the layout stands in the padded vector. */
  index: Int32Array;
  /** `[P′]`: 1 where a parameter stands. */
  real: Float32Array;
  /** `[P′]`: 1 where a weight stands, 0 for biases, gains and shifts. */
  decayed: Float32Array;
}

/** Rows of a layer in the padded vector: those of its matrix, and of its gains and shifts. */
export const heightOf = ({ rows, normalised }: PaddedLayer): number => (normalised ? rows + 2 : rows);

export const padTo = (n: number, multiple: number): number => Math.ceil(n / multiple) * multiple;

export function padLayout(layout: Layout, multiple: number): PaddedLayout {
  const layers: PaddedLayer[] = [];
  const index = new Int32Array(layout.parameters);
  let length = 0;
  layout.layers.forEach(({ inputs, outputs, weights, biases, gains, activation }, l) => {
    const last = l === layout.layers.length - 1;
    const rows = padTo(inputs + 1, multiple);
    const columns = padTo(last ? outputs : outputs + 1, multiple);
    for (let i = 0; i < inputs; i++)
      for (let j = 0; j < outputs; j++) index[weights + i * outputs + j] = length + i * columns + j;
    for (let j = 0; j < outputs; j++) index[biases + j] = length + inputs * columns + j;
    const layer: PaddedLayer = { rows, columns, outputs, at: length, normalised: gains !== null, activation };
    if (gains !== null) {
      for (let j = 0; j < outputs; j++) {
        index[gains + j] = length + rows * columns + j;
        index[gains + outputs + j] = length + (rows + 1) * columns + j;
      }
    }
    layers.push(layer);
    length += heightOf(layer) * columns;
  });
  const real = new Float32Array(length);
  for (const at of index) real[at] = 1;
  const decayed = new Float32Array(length);
  for (const { weights, biases } of layout.layers) for (let w = weights; w < biases; w++) decayed[index[w]!] = 1;
  return { layers, length, index, real, decayed };
}

/** `[R, P]` to `[R, P′]`. */
export function pad({ index, length }: PaddedLayout, values: Float32Array): Float32Array {
  const P = index.length;
  const R = values.length / P;
  const padded = new Float32Array(R * length);
  for (let r = 0; r < R; r++) for (let p = 0; p < P; p++) padded[r * length + index[p]!] = values[r * P + p]!;
  return padded;
}

/** `[rows, P′]` to `[rows, P]`. */
export function unpad({ index, length }: PaddedLayout, padded: Float32Array): Float32Array {
  const P = index.length;
  const rows = padded.length / length;
  const values = new Float32Array(rows * P);
  for (let r = 0; r < rows; r++) for (let p = 0; p < P; p++) values[r * P + p] = padded[r * length + index[p]!]!;
  return values;
}
