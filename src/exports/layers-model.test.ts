/** @file TensorFlow.js itself reads the exported zip and must say, for raw inputs, what a plain forward pass says. */
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import { ACTIVATION_NAMES } from '../engine/model/activations.ts';
import { layersModelFile } from './layers-model.ts';
import {
  BASE_NETWORK,
  float32Tolerance,
  networkCases,
  randomNetwork,
  rawPrediction,
  worstDifference,
  type NetworkCase,
} from './network.testing.ts';

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

async function agree(c: NetworkCase): Promise<void> {
  const { experiment, network, raw } = randomNetwork(c);
  const model = await load(layersModelFile({ experiment, network }).bytes);
  const input = tf.tensor2d(raw);
  const output = model.predict(input) as tf.Tensor;
  const said = (await output.array()) as number[][];
  tf.dispose([input, output]);
  model.dispose();
  const expected = raw.map((x) => rawPrediction(experiment, network, x));
  expect(worstDifference(said, expected)).toBeLessThanOrEqual(float32Tolerance(c, expected));
}

test.each(ACTIVATION_NAMES)('regression without target standardisation, %s', async (activation) => {
  await agree({ ...BASE_NETWORK, activation });
});

test.each(ACTIVATION_NAMES)('table regression: large offset, target in its own units, %s', async (activation) => {
  await agree({
    ...BASE_NETWORK,
    activation,
    features: 2,
    mean: [3000, 2000.3],
    sd: [500, 5.1],
    target: { mean: 23.4, sd: 7.8 },
  });
});

test.each(ACTIVATION_NAMES)('binary and three classes, %s', async (activation) => {
  await agree({
    ...BASE_NETWORK,
    activation,
    objective: 'binary-cross-entropy',
    features: 2,
    mean: [0, 0],
    sd: [1, 2],
    scale: 2,
  });
  await agree({
    ...BASE_NETWORK,
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
  await agree({ ...BASE_NETWORK, activation, layerNorm: true });
  await agree({
    ...BASE_NETWORK,
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
  const files = unzipSync(layersModelFile(randomNetwork({ ...BASE_NETWORK, layerNorm: true })).bytes);
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
    ...BASE_NETWORK,
    hidden: [],
    features: 3,
    mean: [3000, 0, -7],
    sd: [500, 1, 0.1],
    target: { mean: -4000, sd: 900 },
  });
});

test('any shape, any standardisation', async () => {
  await fc.assert(fc.asyncProperty(networkCases, agree), { numRuns: 60 });
});

test('the zip holds three files, says where the model comes from, and the same network gives the same bytes', () => {
  const { experiment, network } = randomNetwork(BASE_NETWORK);
  const file = layersModelFile({ experiment, network });
  expect(file).toMatchObject({ name: 'patience-my-rows-replica4-epoch42.zip', mime: 'application/zip' });
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
