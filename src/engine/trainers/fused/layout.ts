/** @file Converts parameters between `[R, P]`, as everything else has them, and the padded quads of the shaders. */
import type { Layout } from '../../model/network.ts';
import type { WorkgroupPlan } from './plan.ts';

/** Where each of the P parameters stands among the numbers of a replica's quads. */
export function placesOf(plan: WorkgroupPlan, layout: Layout): Int32Array {
  const places = new Int32Array(layout.parameters);
  plan.layers.forEach(({ inputs, outputs, inQuads, outQuads, weights }, l) => {
    const from = layout.layers[l]!;
    const put = (source: number, row: number) => {
      for (let j = 0; j < outputs; j++) places[source + j] = 4 * (weights + row * outQuads) + j;
    };
    for (let i = 0; i < inputs; i++) put(from.weights + i * outputs, i);
    // The biases are the row behind the padded inputs.
    put(from.biases, 4 * inQuads);
    if (from.gains === null) return;
    put(from.gains, 4 * inQuads + 1);
    put(from.gains + outputs, 4 * inQuads + 2);
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
