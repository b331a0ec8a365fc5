/** @file Networks with random weights for tests of model files, and what they say, written from the definitions alone. */
import fc from 'fast-check';
import type { Standardisation } from '../engine/data/standardisation.ts';
import { withDefaults } from '../engine/experiment/defaults.ts';
import type { Experiment } from '../engine/experiment/experiment.ts';
import { ACTIVATION_NAMES, type Activation } from '../engine/model/activations.ts';
import { endOf } from '../engine/model/layer-norm.ts';
import { layoutOf, type Layout } from '../engine/model/network.ts';
import type { ObjectiveName } from '../engine/model/objectives.ts';
import type { Network } from './network.ts';

const erf = (x: number) => {
  // Maclaurin series in float64; arguments here stay small enough for it (|x| < 5 leaves about 1e-7).
  if (Math.abs(x) > 5) return Math.sign(x);
  let sum = x;
  for (let n = 1, term = x; n < 120; n++) {
    term *= -(x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
};
const ACTIVATE: Record<Activation, (z: number) => number> = {
  tanh: Math.tanh,
  relu: (z) => Math.max(0, z),
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  gelu: (z) => 0.5 * z * (1 + erf(z / Math.SQRT2)),
  linear: (z) => z,
};

/** Written from the definitions alone, in float64: standardise, pass through, head, raw units again. */
export function rawPrediction(
  experiment: Experiment,
  { layout, members: [picked], standardisation: s }: Network,
  raw: number[],
): number[] {
  let a = raw.map((x, i) => ((x - s.mean[i]!) / s.sd[i]!) * s.scale);
  for (const { inputs, outputs, weights, biases, gains, activation } of layout.layers) {
    let z = Array.from({ length: outputs }, (_, j) => {
      let sum = picked!.weights[biases + j]!;
      for (let i = 0; i < inputs; i++) sum += a[i]! * picked!.weights[weights + i * outputs + j]!;
      return sum;
    });
    if (gains !== null) {
      const [gain, shift] = [gains, gains + outputs].map((from) => picked!.weights.subarray(from, from + outputs));
      const mean = z.reduce((sum, x) => sum + x) / outputs;
      const variance = z.reduce((sum, x) => sum + (x - mean) ** 2, 0) / outputs;
      z = z.map((x, j) => (gain![j]! * (x - mean)) / Math.sqrt(variance + 1e-5) + shift![j]!);
    }
    a = z.map(ACTIVATE[activation]);
  }
  if (experiment.objective === 'binary-cross-entropy') return a.map(ACTIVATE.sigmoid);
  if (experiment.objective === 'softmax-cross-entropy') {
    const top = Math.max(...a);
    const total = a.reduce((sum, z) => sum + Math.exp(z - top), 0);
    return a.map((z) => Math.exp(z - top) / total);
  }
  return s.target ? a.map((z) => z * s.target!.sd + s.target!.mean) : a;
}

export interface NetworkCase {
  objective: ObjectiveName;
  activation: Activation;
  hidden: number[];
  layerNorm?: boolean;
  features: number;
  outputs: number;
  mean: number[];
  sd: number[];
  scale: number;
  target: { mean: number; sd: number } | null;
  seed: number;
}

/** Random weights by the seed of the case, and seven raw inputs. */
export function randomNetwork(c: NetworkCase): { experiment: Experiment; network: Network; raw: number[][] } {
  const own = {
    name: 'my rows.csv',
    target: 'y',
    task: c.objective === 'squared-error' ? 'regression' : c.outputs === 1 ? 'binary' : 'multiclass',
    rows: 100,
    features: c.features,
    outputs: c.outputs,
    sha256: '0'.repeat(64),
  };
  const parsed = withDefaults({
    data: { source: 'own', own },
    objective: c.objective,
    model: { hidden: c.hidden, activation: c.activation, layerNorm: c.layerNorm ?? false, inputScale: c.scale },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const layout: Layout = layoutOf(parsed.experiment, c.features, c.outputs);
  let state = c.seed;
  const uniform = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32 - 0.5;
  const weights = new Float32Array(layout.parameters);
  for (const layer of layout.layers) {
    const { inputs, outputs, weights: from, gains } = layer;
    for (let i = from; i < endOf(layer); i++) weights[i] = uniform() * 2 * Math.sqrt(6 / (inputs + outputs));
    if (gains !== null) for (let j = 0; j < outputs; j++) weights[gains + j]! += 1;
  }
  const standardisation: Standardisation = {
    mean: Float64Array.from(c.mean),
    sd: Float64Array.from(c.sd),
    scale: c.scale,
    target: c.target,
  };
  const inputs = c.mean.map((_, i) => `x${i + 1}`);
  const classes =
    c.objective === 'squared-error' ? null : Array.from({ length: Math.max(2, c.outputs) }, (_, k) => `class ${k}`);
  // Raw values as a table keeps them, in float32.
  const raw = Array.from({ length: 7 }, () => c.mean.map((m, i) => Math.fround(m + 4 * uniform() * c.sd[i]!)));
  return {
    experiment: parsed.experiment,
    network: { layout, members: [{ replica: 3, epoch: 41, weights }], standardisation, inputs, classes },
    raw,
  };
}

export const BASE_NETWORK: NetworkCase = {
  objective: 'squared-error',
  activation: 'tanh',
  hidden: [24, 24],
  features: 1,
  outputs: 1,
  mean: [0.5],
  sd: [0.288675],
  scale: 8,
  target: null,
  seed: 1,
};

/** Any shape, any standardisation, every objective. */
export const networkCases: fc.Arbitrary<NetworkCase> = fc
  .record({
    objective: fc.constantFrom<ObjectiveName>('squared-error', 'binary-cross-entropy', 'softmax-cross-entropy'),
    activation: fc.constantFrom(...ACTIVATION_NAMES),
    hidden: fc.array(fc.integer({ min: 1, max: 64 }), { maxLength: 4 }),
    layerNorm: fc.boolean(),
    columns: fc.array(
      fc.record({
        mean: fc.double({ min: -1e5, max: 1e5, noNaN: true }),
        sd: fc.double({ min: 1, max: 1000, noNaN: true }),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    classes: fc.integer({ min: 2, max: 5 }),
    scale: fc.double({ min: 0.1, max: 8, noNaN: true }),
    target: fc.option(
      fc.record({
        mean: fc.double({ min: -1000, max: 1000, noNaN: true }),
        sd: fc.double({ min: 1e-3, max: 1000, noNaN: true }),
      }),
    ),
    seed: fc.nat(),
  })
  .map(({ columns, classes, target, ...rest }): NetworkCase => ({
    ...rest,
    layerNorm: rest.layerNorm && rest.hidden.every((units) => units > 1),
    features: columns.length,
    outputs: rest.objective === 'softmax-cross-entropy' ? classes : 1,
    mean: columns.map(({ mean }) => mean),
    sd: columns.map(({ sd }) => sd),
    target: rest.objective === 'squared-error' ? target : null,
  }));

/**
 * 1e-5 of the size of the predictions (at least 1, and of the target's sd where there is one): a reader computes in
 * float32, whose rounding is 6e-8, through up to five layers of up to 64 terms. A large target mean is rounded to float32
 * twice: where the file holds it, and in the result.
 */
export function float32Tolerance({ target }: NetworkCase, expected: number[][]): number {
  const shift = target?.mean ?? 0;
  const size = Math.max(target?.sd ?? 1, ...expected.flat().map((y) => Math.abs(y - shift)));
  return 1e-5 * size + 2 ** -24 * (Math.abs(shift) + Math.max(...expected.flat().map(Math.abs)));
}

/** The largest difference between two tables of predictions `[n][K]`. */
export function worstDifference(said: number[][], expected: number[][]): number {
  return Math.max(...expected.flatMap((row, i) => row.map((y, k) => Math.abs(y - said[i]![k]!))));
}
