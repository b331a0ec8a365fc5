/**
 * @file TensorFlow.js itself reads the exported zip and must say, for raw inputs, what a plain forward pass says. Long:
 * the reader of the format is part of it.
 */
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import { withDefaults } from '../engine/experiment/defaults.ts';
import { type Experiment } from '../engine/experiment/experiment.ts';
import { ACTIVATION_NAMES, type Activation } from '../engine/model/activations.ts';
import { endOf } from '../engine/model/layer-norm.ts';
import { layoutOf, type Layout } from '../engine/model/network.ts';
import type { ObjectiveName } from '../engine/model/objectives.ts';
import type { Standardisation } from '../engine/data/standardisation.ts';
import { layersModelFile, type Network } from './layers-model.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Loads the files of the zip the way a page does: model.json by address, the weights found through its manifest. */
async function load(bytes: Uint8Array): Promise<tf.LayersModel> {
  const files = unzipSync(bytes);
  const fetchFunc = (url: RequestInfo | URL) => {
    const name = (url as string).slice('http://here/'.length);
    const file = files[name];
    const type = name.endsWith('.json') ? 'application/json' : 'application/octet-stream';
    return Promise.resolve(
      file
        ? new Response(new Uint8Array(file), { headers: { 'Content-Type': type } })
        : new Response(null, { status: 404 }),
    );
  };
  return tf.loadLayersModel(tf.io.http('http://here/model.json', { fetchFunc }));
}

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
function reference(experiment: Experiment, { layout, picked, standardisation: s }: Network, raw: number[]): number[] {
  let a = raw.map((x, i) => ((x - s.mean[i]!) / s.sd[i]!) * s.scale);
  for (const { inputs, outputs, weights, biases, gains, activation } of layout.layers) {
    let z = Array.from({ length: outputs }, (_, j) => {
      let sum = picked.weights[biases + j]!;
      for (let i = 0; i < inputs; i++) sum += a[i]! * picked.weights[weights + i * outputs + j]!;
      return sum;
    });
    if (gains !== null) {
      const [gain, shift] = [gains, gains + outputs].map((from) => picked.weights.subarray(from, from + outputs));
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

interface Case {
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

function networkOf(c: Case): { experiment: Experiment; network: Network; raw: number[][] } {
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
    network: { layout, picked: { replica: 3, epoch: 41, weights }, standardisation, inputs, classes },
    raw,
  };
}

/**
 * 1e-5 of the size of the predictions (at least 1, and of the target's sd where there is one): the model computes in
 * float32, whose rounding is 6e-8, through up to five layers of up to 64 terms.
 */
async function agree(c: Case): Promise<void> {
  const { experiment, network, raw } = networkOf(c);
  const model = await load(layersModelFile({ experiment, network }).bytes);
  const input = tf.tensor2d(raw);
  const output = model.predict(input) as tf.Tensor;
  const said = (await output.array()) as number[][];
  const expected = raw.map((x) => reference(experiment, network, x));
  const shift = c.target?.mean ?? 0;
  const size = Math.max(c.target?.sd ?? 1, ...expected.flat().map((y) => Math.abs(y - shift)));
  // A large target mean is rounded to float32 twice: in the last bias, which holds it, and in the result.
  const tolerance = 1e-5 * size + 2 ** -24 * (Math.abs(shift) + Math.max(...expected.flat().map(Math.abs)));
  let worst = 0;
  expected.forEach((row, i) => row.forEach((y, k) => (worst = Math.max(worst, Math.abs(y - said[i]![k]!)))));
  tf.dispose([input, output]);
  model.dispose();
  expect(worst).toBeLessThanOrEqual(tolerance);
}

const BASE: Case = {
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

test.each(ACTIVATION_NAMES)('regression without target standardisation, %s', async (activation) => {
  await agree({ ...BASE, activation });
});

test.each(ACTIVATION_NAMES)('table regression: large offset, target in its own units, %s', async (activation) => {
  await agree({
    ...BASE,
    activation,
    features: 2,
    mean: [3000, 2000.3],
    sd: [500, 5.1],
    target: { mean: 23.4, sd: 7.8 },
  });
});

test.each(ACTIVATION_NAMES)('binary and three classes, %s', async (activation) => {
  await agree({
    ...BASE,
    activation,
    objective: 'binary-cross-entropy',
    features: 2,
    mean: [0, 0],
    sd: [1, 2],
    scale: 2,
  });
  await agree({
    ...BASE,
    activation,
    objective: 'softmax-cross-entropy',
    features: 2,
    outputs: 3,
    mean: [3000, -1],
    sd: [500, 2],
    scale: 2,
  });
});

test.each(ACTIVATION_NAMES)('layer normalisation, %s', async (activation) => {
  await agree({ ...BASE, activation, layerNorm: true });
  await agree({
    ...BASE,
    activation,
    layerNorm: true,
    objective: 'softmax-cross-entropy',
    hidden: [5, 2, 9],
    features: 2,
    outputs: 3,
    mean: [3000, -1],
    sd: [500, 2],
    scale: 2,
  });
});

test('a normalised layer becomes three of theirs', () => {
  const files = unzipSync(layersModelFile(networkOf({ ...BASE, layerNorm: true })).bytes);
  const { modelTopology, weightsManifest } = JSON.parse(new TextDecoder().decode(files['model.json'])) as {
    modelTopology: { model_config: { config: { layers: { class_name: string }[] } } };
    weightsManifest: [{ weights: { name: string }[] }];
  };
  const hidden = ['Dense', 'LayerNormalization', 'Activation'];
  expect(modelTopology.model_config.config.layers.map((layer) => layer.class_name)).toEqual([
    ...['Dense', ...hidden, ...hidden, 'Dense'],
  ]);
  expect(weightsManifest[0].weights.map(({ name }) => name)).toEqual([
    ...[
      'centre/kernel',
      'centre/bias',
      'hidden_1/kernel',
      'hidden_1/bias',
      'hidden_1_norm/gamma',
      'hidden_1_norm/beta',
    ],
    ...[
      'hidden_2/kernel',
      'hidden_2/bias',
      'hidden_2_norm/gamma',
      'hidden_2_norm/beta',
      'output/kernel',
      'output/bias',
    ],
  ]);
});

test('no hidden layer', async () => {
  await agree({
    ...BASE,
    hidden: [],
    features: 3,
    mean: [3000, 0, -7],
    sd: [500, 1, 0.1],
    target: { mean: -4000, sd: 900 },
  });
});

test('any shape, any standardisation', async () => {
  const cases = fc
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
    .map(({ columns, classes, target, ...rest }): Case => ({
      ...rest,
      layerNorm: rest.layerNorm && rest.hidden.every((units) => units > 1),
      features: columns.length,
      outputs: rest.objective === 'softmax-cross-entropy' ? classes : 1,
      mean: columns.map(({ mean }) => mean),
      sd: columns.map(({ sd }) => sd),
      target: rest.objective === 'squared-error' ? target : null,
    }));
  await fc.assert(fc.asyncProperty(cases, agree), { numRuns: 60 });
});

test('the zip holds three files, says where the model comes from, and the same network gives the same bytes', () => {
  const { experiment, network } = networkOf(BASE);
  const file = layersModelFile({ experiment, network });
  expect(file).toMatchObject({ name: 'patience-my-rows-replica3-epoch41.zip', mime: 'application/zip' });
  const files = unzipSync(file.bytes);
  expect(Object.keys(files)).toEqual(['model.json', 'weights.bin', 'README.txt']);
  const model = JSON.parse(new TextDecoder().decode(files['model.json'])) as Record<string, unknown>;
  expect(model).toMatchObject({
    format: 'layers-model',
    userDefinedMetadata: { experiment, replica: 3, epoch: 41, inputs: ['x1'], classes: null },
  });
  const readme = new TextDecoder().decode(files['README.txt']);
  expect(readme.trimEnd().split('\n')).toHaveLength(5);
  expect(readme).toContain('loadLayersModel');
  expect(layersModelFile({ experiment, network }).bytes).toEqual(file.bytes);
});
