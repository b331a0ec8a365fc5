/** @file The laws of the initial weights; biases start at zero. */
import type { Activation } from './experiment.ts';
import type { RandomStream } from './random.ts';

interface Initializer {
  label: string;
  help: string;
}

export const INITIALIZERS = {
  auto: { label: 'by activation', help: 'He before ReLU and GELU, Glorot before the others.' },
  glorot: { label: 'Glorot', help: 'Uniform in ±√(6 / (inputs + outputs)).' },
  he: { label: 'He', help: 'Uniform in ±√(6 / inputs), made for ReLU.' },
  lecun: { label: 'LeCun', help: 'Uniform in ±√(3 / inputs): sums keep the variance of the inputs.' },
  orthogonal: {
    label: 'orthogonal',
    help: 'Columns, or rows where they are fewer, at right angles and of length one.',
  },
  zeros: { label: 'zeros', help: 'All units of a layer stay alike: a network that cannot learn to bend.' },
} as const satisfies Record<string, Initializer>;

export type InitializerName = keyof typeof INITIALIZERS;

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
      return fillWeights(
        activation === 'relu' || activation === 'gelu' ? 'he' : 'glorot',
        { inputs, outputs, activation },
        numbers,
        into,
        at,
      );
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
