/** @file Between the parameters as everyone else keeps them, `[R, P]`, and the padded quads of the shaders. */
import type { Layout } from '../../network.ts';
import type { Plan } from './plan.ts';

/** Where each of the P parameters stands among the numbers of a replica's quads. */
export function placesOf(plan: Plan, layout: Layout): Int32Array {
  const places = new Int32Array(layout.parameters);
  plan.layers.forEach(({ inputs, outputs, inQuads, outQuads, weights }, l) => {
    const from = layout.layers[l]!;
    for (let i = 0; i <= inputs; i++) {
      // The biases are the row behind the padded inputs.
      const row = 4 * (weights + (i < inputs ? i : 4 * inQuads) * outQuads);
      const source = i < inputs ? from.weights + i * outputs : from.biases;
      for (let j = 0; j < outputs; j++) places[source + j] = row + j;
    }
  });
  return places;
}

/** `[rows, P]` as `[rows, 4 · quads]`, zeros between. */
export function pack(values: Float32Array, places: Int32Array, quads: number): Float32Array<ArrayBuffer> {
  const P = places.length;
  const packed = new Float32Array((values.length / P) * 4 * quads);
  for (let row = 0; row * P < values.length; row++)
    for (let p = 0; p < P; p++) packed[row * 4 * quads + places[p]!] = values[row * P + p]!;
  return packed;
}

/** The inverse of `pack`. */
export function unpack(packed: Float32Array, places: Int32Array, quads: number): Float32Array {
  const P = places.length;
  const rows = packed.length / (4 * quads);
  const values = new Float32Array(rows * P);
  for (let row = 0; row < rows; row++)
    for (let p = 0; p < P; p++) values[row * P + p] = packed[row * 4 * quads + places[p]!]!;
  return values;
}
