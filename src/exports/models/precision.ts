/** @file How many bits the weights of a file have, and how many of them are zero: rounding and pruning of kernels. */
import type { Layout } from '../../engine/model/network.ts';

export const PRECISIONS = {
  float32: { label: 'float32', help: 'As trained.' },
  float16: { label: 'float16', help: 'Kernels in half the space, rounded half to even; biases stay float32.' },
  int8: {
    label: 'int8',
    help: 'Kernels in a quarter of the space: one scale for each unit, rounded half to even; biases stay float32.',
  },
} as const;

export type Precision = keyof typeof PRECISIONS;

/** Nearest whole number, the even one of two: as IEEE 754 and NumPy's `rint`. */
export function roundHalfToEven(x: number): number {
  const below = Math.floor(x) + 0;
  const apart = x - below;
  if (apart !== 0.5) return apart < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}

/** The bits of the nearest IEEE 754 binary16, half to even; beyond 65504 infinity, as the standard has it. */
export function toHalf(x: number): number {
  const sign = x < 0 || Object.is(x, -0) ? 0x8000 : 0;
  const size = Math.abs(x);
  if (Number.isNaN(x)) return 0x7e00;
  // Below 2⁻¹⁴ the steps are 2⁻²⁴; above, 2⁻¹⁰ of the power of two. A round up to the next power carries by itself.
  if (size < 2 ** -14) return sign | roundHalfToEven(size * 2 ** 24);
  let exponent = Math.floor(Math.log2(size));
  // log2 is rounded: near a power of two it may be one off.
  if (2 ** exponent > size) exponent--;
  else if (2 ** (exponent + 1) <= size) exponent++;
  const bits = ((exponent + 14) << 10) + roundHalfToEven(size * 2 ** (10 - exponent));
  return sign | (exponent > 15 || bits >= 0x7c00 ? 0x7c00 : bits);
}

export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

/** Whole numbers from −127 to 127 `[inputs, units]`, and what each column is multiplied by `[units]`. */
export interface Quantised {
  codes: Int8Array;
  scales: Float32Array;
}

/** Symmetric, a scale for each unit: its largest weight becomes ±127. A column of zeros has scale 1. */
export function quantise(kernel: Float32Array, units: number): Quantised {
  const largest = new Float64Array(units);
  kernel.forEach((w, i) => (largest[i % units] = Math.max(largest[i % units]!, Math.abs(w))));
  const scales = Float32Array.from(largest, (size) => Math.fround(size / 127) || 1);
  // The scale is rounded to float32, so that the largest weight may come out as 127 and a little.
  const codes = Int8Array.from(kernel, (w, i) =>
    Math.max(-127, Math.min(127, roundHalfToEven(w / scales[i % units]!))),
  );
  return { codes, scales };
}

/** What a file of this precision gives back of a kernel `[inputs, units]`. Throws where float16 has no such number. */
export function rounded(kernel: Float32Array, units: number, precision: Precision): Float32Array {
  switch (precision) {
    case 'float32':
      return kernel;
    case 'float16': {
      const halves = kernel.map((w) => fromHalf(toHalf(w)));
      const beyond = halves.findIndex((w) => !Number.isFinite(w));
      if (beyond !== -1)
        throw new Error(`A weight is ${kernel[beyond]}, more than float16 can hold (65504): export as float32.`);
      return halves;
    }
    case 'int8': {
      const { codes, scales } = quantise(kernel, units);
      return Float32Array.from(codes, (code, i) => code * scales[i % units]!);
    }
  }
}

/**
 * Magnitude pruning over all kernels of a network together (Han et al. 2015): the ⌊sparsity · n⌋ smallest of the n
 * weights become 0, the earlier of equals first; biases, gains and shifts stay. `sparsity` from 0 to 1.
 */
export function pruned(layout: Layout, weights: Float32Array, sparsity: number): Float32Array {
  if (!(sparsity >= 0 && sparsity <= 1)) throw new Error(`sparsity: ${sparsity} must be from 0 to 1`);
  const kernels = layout.layers.flatMap(({ weights: from, biases }) =>
    Array.from({ length: biases - from }, (_, i) => from + i),
  );
  const size = (i: number) => Math.abs(weights[i]!);
  const order = kernels.toSorted((a, b) => size(a) - size(b) || a - b);
  const out = weights.slice();
  for (const i of order.slice(0, Math.floor(sparsity * order.length))) out[i] = 0;
  return out;
}

/** What a file with these options gives back of the weights `[P]` of a network. Throws where float16 has no such number. */
export function compressed(
  layout: Layout,
  weights: Float32Array,
  { precision, sparsity }: { precision: Precision; sparsity: number },
): Float32Array {
  const out = pruned(layout, weights, sparsity);
  for (const { weights: from, biases, outputs } of layout.layers)
    out.set(rounded(out.slice(from, biases), outputs, precision), from);
  return out;
}
