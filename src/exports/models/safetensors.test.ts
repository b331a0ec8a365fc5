/** @file The bytes of a safetensors file by its specification, and that the numbers in them predict what the network does. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  BASE_NETWORK,
  float32Tolerance,
  networkCases,
  randomNetwork,
  rawPrediction,
  worstDifference,
} from '../network.testing.ts';
import { fromHalf, type Precision } from './precision.ts';
import { pytorchLines, safetensorsFile } from './safetensors.ts';
import { modelOf } from './build-model.ts';

/** Reads by https://github.com/huggingface/safetensors and checks what it demands: no gap, no overlap, all covered. */
function read(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer);
  const length = Number(view.getBigUint64(0, true));
  const text = new TextDecoder().decode(bytes.subarray(8, 8 + length));
  expect(text[0]).toBe('{');
  const { __metadata__: metadata, ...header } = JSON.parse(text) as Record<
    string,
    { dtype: string; shape: number[]; data_offsets: [number, number] }
  > & { __metadata__: Record<string, string> };
  let end = 0;
  for (const { data_offsets } of Object.values(header).sort((a, b) => a.data_offsets[0] - b.data_offsets[0])) {
    expect(data_offsets[0]).toBe(end);
    end = data_offsets[1];
  }
  expect(8 + length + end).toBe(bytes.length);
  const tensors = Object.entries(header).map(([name, { dtype, shape, data_offsets }]) => {
    const at = 8 + length + data_offsets[0];
    const size = { F32: 4, F16: 2, I8: 1 }[dtype]!;
    expect(at % size).toBe(0);
    const count = shape.reduce((product, n) => product * n, 1);
    expect(data_offsets[1] - data_offsets[0]).toBe(count * size);
    const one = (i: number) =>
      size === 4
        ? view.getFloat32(at + 4 * i, true)
        : size === 2
          ? fromHalf(view.getUint16(at + 2 * i, true))
          : view.getInt8(at + i);
    return [name, { shape, values: Array.from({ length: count }, (_, i) => one(i)) }] as const;
  });
  return { metadata, tensors: Object.fromEntries(tensors) };
}

test('the numbers in the file predict what the network predicts', () => {
  fc.assert(
    fc.property(networkCases, (c) => {
      const { experiment, network, raw } = randomNetwork(c);
      const { tensors } = read(safetensorsFile({ experiment, network }).bytes);
      const take = (name: string) => tensors[name]!.values;
      // Put back as the flat vector that the definition of the network takes.
      const weights = network.members[0]!.weights.slice();
      let module = 0;
      network.layout.layers.forEach(({ weights: at, inputs, outputs, biases, gains, activation }, l) => {
        const kernel = tensors[`${module}.weight`]!;
        expect(kernel.shape).toEqual([outputs, inputs]);
        kernel.values.forEach((w, i) => (weights[at + (i % inputs) * outputs + Math.floor(i / inputs)] = w));
        // The bias of the first layer makes up for the rounded mean.
        const bias = take(`${module++}.bias`);
        if (l > 0) weights.set(bias, biases);
        if (gains !== null) {
          weights.set(take(`${module}.weight`), gains);
          weights.set(take(`${module++}.bias`), gains + outputs);
        }
        if (activation !== 'linear') module++;
      });
      const restored = { ...network, members: [{ ...network.members[0]!, weights }] };
      const expected = raw.map((x) => rawPrediction(experiment, network, x));
      const said = raw.map((x) => rawPrediction(experiment, restored, x));
      expect(worstDifference(said, expected)).toBe(0);
      network.standardisation.mean.forEach((mean, i) => expect(take('mean')[i]).toBe(Math.fround(mean)));
    }),
    { numRuns: 40 },
  );
});

test('it says of itself where it comes from, and its check vector is what the network predicts', () => {
  fc.assert(
    fc.property(networkCases, (c) => {
      const { experiment, network } = randomNetwork(c);
      const { metadata } = read(safetensorsFile({ experiment, network }).bytes);
      const about = JSON.parse(metadata.patience!);
      expect(about).toMatchObject({
        patience: 'model',
        rule: expect.stringMatching(/^Keras 3 \(/),
        replicas: [3],
        epochs: [41],
        seed: experiment.seed,
        experiment,
      });
      expect(about.check.inputs).toHaveLength(8);
      const expected = about.check.inputs.map((x: number[]) => rawPrediction(experiment, network, x));
      expect(worstDifference(about.check.outputs, expected)).toBeLessThanOrEqual(float32Tolerance(c, expected));
    }),
    { numRuns: 40 },
  );
});

const c = { ...BASE_NETWORK, hidden: [5, 4], layerNorm: true, features: 2, mean: [1, 2], sd: [3, 4] };

test('float16 and int8 take a half and a quarter of the space of the kernels', () => {
  const { experiment, network } = randomNetwork(c);
  const shapes = (precision: Precision) => {
    const { bytes } = safetensorsFile({ experiment, network }, { precision, sparsity: 0 });
    const { tensors } = read(bytes);
    const data = bytes.length - 8 - Number(new DataView(bytes.buffer).getBigUint64(0, true));
    return { tensors, data };
  };
  const kernels = 2 * 5 + 5 * 4 + 4;
  const whole = shapes('float32').data;
  expect(whole - shapes('float16').data).toBe(2 * kernels);
  const { tensors, data } = shapes('int8');
  expect(whole - data).toBe(3 * kernels - 4 * (5 + 4 + 1));
  const exact = modelOf({ experiment, network }, { precision: 'int8', sparsity: 0 }).members[0]![1]!;
  tensors['3.weight']!.values.forEach((code, i) => {
    const [unit, input] = [Math.floor(i / 5), i % 5];
    const scale = tensors['3.weight_scale']!.values[unit]!;
    expect(Math.fround(code * scale)).toBe(exact.kernel[input * 4 + unit]);
  });
});

test('members of an ensemble lie below their numbers, and the lines for PyTorch name the modules', () => {
  const { experiment, network } = randomNetwork(c);
  const [first] = network.members;
  const both = { ...network, members: [first!, { ...first!, replica: 4, weights: first!.weights.map((w) => w / 2) }] };
  const { tensors, metadata } = read(safetensorsFile({ experiment, network: both }).bytes);
  expect(Object.keys(tensors)).toContain('1.6.bias');
  const { check } = JSON.parse(metadata.patience!);
  const alone = both.members.map((member) =>
    check.inputs.map((x: number[]) => rawPrediction(experiment, { ...network, members: [member] }, x)[0]),
  );
  check.outputs.forEach(([mean]: number[], i: number) => {
    const [a, b] = [alone[0][i], alone[1][i]];
    expect(mean).toBeCloseTo((a + b) / 2, 5);
    expect(check.sd[i][0]).toBeCloseTo(Math.abs(a - b) / Math.SQRT2, 5);
  });
  expect(pytorchLines(modelOf({ experiment, network }))).toContain(
    'nn.Sequential(nn.Linear(2, 5), nn.LayerNorm(5), nn.Tanh(), nn.Linear(5, 4), nn.LayerNorm(4), nn.Tanh(), nn.Linear(4, 1))',
  );
});

test('weights that are not finite are refused by the number of their replica', () => {
  const { experiment, network } = randomNetwork(c);
  const weights = network.members[0]!.weights.with(5, NaN);
  const broken = { ...network, members: [{ replica: 3, epoch: 41, weights }] };
  expect(() => safetensorsFile({ experiment, network: broken })).toThrow('Replica 4 has weights that are not finite');
});
