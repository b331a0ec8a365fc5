/** @file Draws the initial weights from the distributions of initializers.ts; biases start at zero. */
import { ACTIVATIONS, type Activation } from './activations.ts';
import type { InitializerName } from './initializers.ts';
import type { RandomStream } from '../random.ts';

/**
 * Writes weights `[inputs, outputs]`, row-major, from `at` on: Glorot and Bengio 2010, He et al. 2015, LeCun et al. 1998,
 * all uniform; Saxe et al. 2014 for orthogonal ones.
 */
export function fillWeights(
  name: InitializerName,
  { inputs, outputs, activation }: { inputs: number; outputs: number; activation: Activation },
  numbers: RandomStream,
  into: Float32Array,
  at: number,
): void {
  const uniform = (limit: number) => {
    for (let i = 0; i < inputs * outputs; i++) into[at + i] = (2 * numbers.uniform() - 1) * limit;
  };
  switch (name) {
    case 'auto':
      return fillWeights(ACTIVATIONS[activation].initializer, { inputs, outputs, activation }, numbers, into, at);
    case 'glorot':
      return uniform(Math.sqrt(6 / (inputs + outputs)));
    case 'he':
      return uniform(Math.sqrt(6 / inputs));
    case 'lecun':
      return uniform(Math.sqrt(3 / inputs));
    case 'zeros':
      into.fill(0, at, at + inputs * outputs);
      return;
    case 'orthogonal':
      return orthogonal(inputs, outputs, numbers, into, at);
    default:
      name satisfies never;
  }
}

/**
 * The shorter side's vectors by Gram and Schmidt, twice over against rounding, on normal numbers: uniform among all
 * matrices with orthonormal rows or columns.
 */
function orthogonal(inputs: number, outputs: number, numbers: RandomStream, into: Float32Array, at: number): void {
  const [count, length] = inputs < outputs ? [inputs, outputs] : [outputs, inputs];
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = Float64Array.from({ length }, () => numbers.normal());
    for (const other of [...vectors, ...vectors]) {
      const along = vector.reduce((sum, x, i) => sum + x * other[i]!, 0);
      vector.forEach((_, i) => (vector[i]! -= along * other[i]!));
    }
    const norm = Math.hypot(...vector);
    vectors.push(vector.map((x) => x / norm));
  }
  for (let i = 0; i < inputs; i++) {
    for (let j = 0; j < outputs; j++) {
      into[at + i * outputs + j] = inputs < outputs ? vectors[i]![j]! : vectors[j]![i]!;
    }
  }
}
