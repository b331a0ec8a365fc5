/**
 * @file A `.keras` file by Keras's own account of it: three members, the keys of Keras 3.0, weights under the name of
 * their class. Carried out layer by layer it predicts what the network does; Keras itself reads it in conformance/.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unzipSync } from 'fflate';
import { readHdf5 } from '../inspect/hdf5-reader.ts';
import {
  BASE_NETWORK,
  float32Tolerance,
  networkCases,
  randomNetwork,
  rawPrediction,
  worstDifference,
} from '../network.testing.ts';
import { hdf5 } from './hdf5.ts';
import { kerasFile } from './keras.ts';
import { fromHalf, toHalf } from './precision.ts';

interface Layer {
  class_name: string;
  config: Record<string, unknown> & { name: string; mean: number[]; variance: number[]; scale: number; offset: number };
}

function read(bytes: Uint8Array) {
  const files = unzipSync(bytes);
  const json = (name: string) => JSON.parse(new TextDecoder().decode(files[name]));
  const tensors = new Map(readHdf5(files['model.weights.h5']!).map((tensor) => [tensor.name, tensor]));
  const { layers } = json('config.json').config as { layers: Layer[] };
  return { names: Object.keys(files), layers, tensors, about: json('metadata.json').patience };
}

const ACTIVATIONS: Record<string, (z: number[]) => number[]> = {
  linear: (z) => z,
  tanh: (z) => z.map(Math.tanh),
  relu: (z) => z.map((x) => Math.max(0, x)),
  sigmoid: (z) => z.map((x) => 1 / (1 + Math.exp(-x))),
  softmax: (z) => {
    const powers = z.map((x) => Math.exp(x - Math.max(...z)));
    return powers.map((x) => x / powers.reduce((sum, y) => sum + y));
  },
};

/** As keras/src/layers has it; networks with GELU are for Keras itself. */
function run({ layers, tensors }: ReturnType<typeof read>, raw: number[]): number[] {
  const seen = new Map<string, number>();
  return layers.reduce((x, { class_name, config }) => {
    const count = seen.get(class_name) ?? 0;
    seen.set(class_name, count + 1);
    const snake = { Dense: 'dense', LayerNormalization: 'layer_normalization' }[class_name];
    const variable = (i: number) => tensors.get(`layers/${snake}${count ? `_${count}` : ''}/vars/${i}`)!;
    switch (class_name) {
      case 'InputLayer':
        return x;
      case 'Normalization':
        return x.map((v, i) => (v - config.mean[i]!) / Math.max(Math.sqrt(config.variance[i]!), 1e-7));
      case 'Dense': {
        const [kernel, bias] = [variable(0), variable(1)];
        expect(kernel.shape).toEqual([x.length, config.units]);
        const units = config.units as number;
        const sums = Array.from(bias.values, (b, j) => x.reduce((s, v, i) => s + v * kernel.values[i * units + j]!, b));
        return ACTIVATIONS[config.activation as string]!(sums);
      }
      case 'LayerNormalization': {
        const mean = x.reduce((s, v) => s + v) / x.length;
        const spread = Math.sqrt(x.reduce((s, v) => s + (v - mean) ** 2, 0) / x.length + (config.epsilon as number));
        return x.map((v, j) => ((v - mean) / spread) * variable(0).values[j]! + variable(1).values[j]!);
      }
      case 'Activation':
        return ACTIVATIONS[config.activation as string]!(x);
      case 'Rescaling':
        return x.map((v) => v * config.scale + config.offset);
      default:
        throw new Error(class_name);
    }
  }, raw);
}

test('the layers predict what the network predicts', () => {
  const withoutGelu = networkCases.filter(({ activation }) => activation !== 'gelu');
  fc.assert(
    fc.property(withoutGelu, (c) => {
      const { experiment, network, raw } = randomNetwork(c);
      const file = read(kerasFile({ experiment, network }).bytes);
      const expected = raw.map((x) => rawPrediction(experiment, network, x));
      const said = raw.map((x) => run(file, x));
      expect(worstDifference(said, expected)).toBeLessThanOrEqual(float32Tolerance(c, expected));
    }),
    { numRuns: 40 },
  );
});

test('three members, the keys of Keras 3.0, and the same bytes each time', () => {
  const { experiment, network } = randomNetwork({ ...BASE_NETWORK, layerNorm: true });
  const { bytes, name } = kerasFile({ experiment, network });
  expect(name).toBe('patience-my-rows-replica4-epoch42.keras');
  const { names, layers, tensors, about } = read(bytes);
  expect(names).toEqual(['metadata.json', 'config.json', 'model.weights.h5']);
  expect(layers.map(({ class_name }) => class_name)).toEqual([
    ...['InputLayer', 'Normalization', 'Dense', 'LayerNormalization', 'Activation'],
    ...['Dense', 'LayerNormalization', 'Activation', 'Dense'],
  ]);
  const keys = new Set(layers.flatMap(({ config }) => Object.keys(config)));
  expect([...keys].sort()).toEqual([
    ...['activation', 'axis', 'batch_shape', 'center', 'dtype', 'epsilon', 'invert', 'mean', 'name', 'scale'],
    ...['trainable', 'units', 'use_bias', 'variance'],
  ]);
  expect([...tensors.keys()].filter((path) => path.endsWith('/0'))).toEqual([
    ...['dense', 'dense_1', 'dense_2', 'layer_normalization', 'layer_normalization_1'].map((l) => `layers/${l}/vars/0`),
  ]);
  expect(about).toMatchObject({ replicas: [3], epochs: [41], experiment });
  expect(kerasFile({ experiment, network }).bytes).toEqual(bytes);
});

test('columns of a tiny or huge spread: what Keras would divide by 1e-7 goes into the weights', () => {
  const c = { ...BASE_NETWORK, features: 2, mean: [1e-9, 5e8], sd: [3e-10, 2e8], scale: 1 };
  const { experiment, network, raw } = randomNetwork(c);
  const file = read(kerasFile({ experiment, network }).bytes);
  const expected = raw.map((x) => rawPrediction(experiment, network, x));
  expect(
    worstDifference(
      raw.map((x) => run(file, x)),
      expected,
    ),
  ).toBeLessThanOrEqual(float32Tolerance(c, expected));
});

test('HDF5: arrays come back by path, many in a group, of any rank, in both precisions', () => {
  const names = fc.array(fc.stringMatching(/^[a-z_0-9]{1,20}$/), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(fc.uniqueArray(names, { maxLength: 3 }), fc.nat(5), (groups, seed) => {
      const array = (i: number) => {
        const values = Float32Array.from({ length: (1 + (i % 3)) * 2 }, (_, k) => Math.sin(seed + 7 * i + k));
        const shape = i % 2 ? [values.length] : [values.length / 2, 2];
        if (i % 5 !== 0) return { type: 'float32' as const, shape, values };
        return { type: 'float16' as const, shape, values: Uint16Array.from(values, toHalf) };
      };
      const expected = new Map<string, number[]>();
      const tree = Object.fromEntries(
        groups.map((members, g) => {
          const arrays = Object.fromEntries([...new Set(members)].map((name, i) => [name, array(i)]));
          for (const [name, { type, values }] of Object.entries(arrays))
            expected.set(`g${g}/${name}`, type === 'float16' ? Array.from(values, fromHalf) : Array.from(values));
          return [`g${g}`, arrays];
        }),
      );
      const found = readHdf5(hdf5({ ...tree, empty: {} }));
      expect(new Map(found.map(({ name, values }) => [name, Array.from(values)]))).toEqual(expected);
    }),
  );
});
