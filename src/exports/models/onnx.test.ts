/**
 * @file The graph in an ONNX file, carried out node by node by the definitions of its operators, predicts what the
 * network does; ONNX Runtime and the checker say the same in conformance/.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readOnnx, type ReadNode } from '../inspect/onnx-reader.ts';
import {
  BASE_NETWORK,
  float32Tolerance,
  networkCases,
  randomNetwork,
  rawPrediction,
  worstDifference,
} from '../network.testing.ts';
import { onnxFile } from './onnx.ts';

interface Value {
  shape: number[];
  data: number[];
}

const sizeOf = (shape: number[]) => shape.reduce((product, n) => product * n, 1);

/** Element by element, shapes aligned at their ends as NumPy does. */
function broadcast(a: Value, b: Value, of: (x: number, y: number) => number): Value {
  const rank = Math.max(a.shape.length, b.shape.length);
  const padded = (shape: number[]) => [...Array<number>(rank - shape.length).fill(1), ...shape];
  const [as, bs] = [padded(a.shape), padded(b.shape)];
  const shape = as.map((n, i) => Math.max(n, bs[i]!));
  const data = Array.from({ length: sizeOf(shape) }, (_, flat) => {
    const at = (of: number[]) => {
      let [rest, index, stride] = [flat, 0, 1];
      for (let i = rank - 1; i >= 0; i--) {
        const place = rest % shape[i]!;
        rest = Math.floor(rest / shape[i]!);
        if (of[i]! > 1) index += place * stride;
        stride *= of[i]!;
      }
      return index;
    };
    return of(a.data[at(as)]!, b.data[at(bs)]!);
  });
  return { shape, data };
}

function matMul(a: Value, b: Value): Value {
  const [inner, units] = b.shape.slice(-2) as [number, number];
  const members = sizeOf(b.shape.slice(0, -2));
  const rows = a.shape.at(-2)!;
  const shared = a.shape.length === 2;
  const data: number[] = [];
  for (let m = 0; m < members; m++)
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < units; j++) {
        let sum = 0;
        for (let k = 0; k < inner; k++)
          sum += a.data[((shared ? 0 : m) * rows + i) * inner + k]! * b.data[(m * inner + k) * units + j]!;
        data.push(sum);
      }
  return { shape: [...b.shape.slice(0, -2), rows, units], data };
}

function byRow({ shape, data }: Value, of: (row: number[]) => number[]): Value {
  const width = shape.at(-1)!;
  const rows = Array.from({ length: data.length / width }, (_, i) => data.slice(i * width, (i + 1) * width));
  return { shape, data: rows.flatMap(of) };
}

const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
const each = ({ shape, data }: Value, of: (x: number) => number): Value => ({ shape, data: data.map(of) });

/** ∫ of the density by Simpson's rule: not the series that the product uses. */
function erf(x: number): number {
  const n = 400;
  const to = Math.min(Math.abs(x), 7);
  const y = (i: number) => Math.exp(-(((i * to) / n) ** 2));
  let sum = y(0) + y(n);
  for (let i = 1; i < n; i++) sum += (i % 2 ? 4 : 2) * y(i);
  return (Math.sign(x) * sum * to * 2) / (3 * n * Math.sqrt(Math.PI));
}

/** https://onnx.ai/onnx/operators, those that are written. */
const OPERATORS: Record<string, (inputs: Value[], node: ReadNode) => Value> = {
  Sub: ([a, b]) => broadcast(a!, b!, (x, y) => x - y),
  Mul: ([a, b]) => broadcast(a!, b!, (x, y) => x * y),
  Add: ([a, b]) => broadcast(a!, b!, (x, y) => x + y),
  MatMul: ([a, b]) => matMul(a!, b!),
  Tanh: ([a]) => each(a!, Math.tanh),
  Relu: ([a]) => each(a!, (x) => Math.max(x, 0)),
  Sigmoid: ([a]) => each(a!, (x) => 1 / (1 + Math.exp(-x))),
  Erf: ([a]) => each(a!, erf),
  Sqrt: ([a]) => each(a!, Math.sqrt),
  Cast: ([a]) => a!,
  Softmax: ([a]) =>
    byRow(a!, (row) => {
      const powers = row.map((x) => Math.exp(x - Math.max(...row)));
      return powers.map((x) => x / (mean(powers) * row.length));
    }),
  LayerNormalization: ([a, gain], { attributes: { epsilon } }) =>
    byRow(a!, (row) => {
      const m = mean(row);
      const spread = Math.sqrt(mean(row.map((x) => (x - m) ** 2)) + (epsilon as number));
      return row.map((x, j) => ((x - m) / spread) * gain!.data[j]!);
    }),
  ReduceMean: ([a], { attributes }) => {
    expect(attributes).toEqual({ axes: [0], keepdims: 0 });
    const [first, ...shape] = a!.shape;
    const size = sizeOf(shape);
    const data = Array.from({ length: size }, (_, i) =>
      mean(Array.from({ length: first! }, (_, m) => a!.data[m * size + i]!)),
    );
    return { shape, data };
  },
};

function run(bytes: Uint8Array, x: number[][]) {
  const { nodes, tensors, inputs, outputs, metadata, irVersion, opset } = readOnnx(bytes);
  const values = new Map<string, Value>(
    tensors.map(({ name, shape, values }) => [name, { shape, data: Array.from(values) }]),
  );
  values.set(inputs[0]!, { shape: [x.length, x[0]!.length], data: x.flat() });
  for (const node of nodes) {
    const of = node.inputs.map((name) => values.get(name));
    // In the order of their use, and each name given once: what the checker asks.
    expect(of).not.toContain(undefined);
    expect(values.has(node.outputs[0]!)).toBe(false);
    values.set(node.outputs[0]!, OPERATORS[node.op]!(of as Value[], node));
  }
  const said = outputs.map((name) => {
    const { shape, data } = values.get(name)!;
    expect(shape).toHaveLength(2);
    return Array.from({ length: shape[0]! }, (_, i) => data.slice(i * shape[1]!, (i + 1) * shape[1]!));
  });
  return { said, about: JSON.parse(metadata.get('patience')!), versions: [irVersion, opset] };
}

test('the graph predicts what the network predicts', () => {
  fc.assert(
    fc.property(networkCases, (c) => {
      const { experiment, network, raw } = randomNetwork(c);
      const { said, versions } = run(onnxFile({ experiment, network }).bytes, raw);
      const expected = raw.map((x) => rawPrediction(experiment, network, x));
      expect(worstDifference(said[0]!, expected)).toBeLessThanOrEqual(float32Tolerance(c, expected));
      expect(versions).toEqual(c.layerNorm && c.hidden.length > 0 ? [8, 17] : [7, 13]);
    }),
    { numRuns: 25 },
  );
});

test.each(['float32', 'float16', 'int8'] as const)('members of an ensemble and their spread, %s', (precision) => {
  const { experiment, network } = randomNetwork({
    ...BASE_NETWORK,
    ...{ hidden: [5, 4], activation: 'gelu', layerNorm: true, features: 2, mean: [1, 2], sd: [3, 4] },
  });
  const [first] = network.members;
  const halved = { ...first!, replica: 4, weights: first!.weights.map((w, i) => w * Math.cos(i)) };
  for (const members of [[first!], [first!, halved, { ...halved, replica: 5, weights: halved.weights.toReversed() }]]) {
    const { bytes } = onnxFile({ experiment, network: { ...network, members } }, { precision, sparsity: 0.2 });
    const { about } = run(bytes, [[0, 0]]);
    const { said } = run(bytes, about.check.inputs);
    expect(worstDifference(said[0]!, about.check.outputs)).toBeLessThan(1e-6);
    expect(about).toMatchObject({ precision, sparsity: 0.2, replicas: members.map(({ replica }) => replica) });
    if (members.length > 1) expect(worstDifference(said[1]!, about.check.sd)).toBeLessThan(1e-6);
  }
});
