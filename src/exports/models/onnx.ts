/**
 * @file Networks as ONNX. Version 13 of the operators, with layer normalisation 17: the oldest that have what is needed,
 * since a runtime reads what is older than itself. GELU is written by Erf, having an operator of its own only from 20 on.
 *
 * An ensemble is one network whose weights have the members as a first axis: x `[N, D]` meets kernels `[R, D, H]`.
 */
import { NORM_EPSILON } from '../../engine/model/layer-norm.ts';
import { fileName, type ExportFile } from '../files.ts';
import { membersName } from '../network.ts';
import { sentenceOf } from './about.ts';
import { modelOf } from './build-model.ts';
import { AS_TRAINED, type Model, type ModelLayer, type ModelMaterial } from './model.ts';
import { onnxModel, type OnnxGraph, type OnnxNode, type OnnxTensor } from './onnx-format.ts';
import { quantise, toHalf } from './precision.ts';
import { concatenated } from './protobuf.ts';

export function onnxFile(material: ModelMaterial, options = AS_TRAINED): ExportFile {
  const model = modelOf(material, options);
  const normalised = model.members[0]!.some(({ norm }) => norm);
  const versions = normalised ? { irVersion: 8, opset: 17 } : { irVersion: 7, opset: 13 };
  const { about } = model;
  const metadata = {
    rule: about.rule,
    epochs: about.epochs.join(),
    seed: String(about.seed),
    patience: JSON.stringify(about),
  };
  return {
    name: fileName(material.experiment, `${membersName(material.network)}.onnx`),
    mime: 'application/octet-stream',
    bytes: concatenated(onnxModel(graphOf(model), versions, sentenceOf(about), metadata)),
  };
}

/** Collects nodes, each of which has one output, named after what it is. */
class Graph {
  readonly nodes: OnnxNode[] = [];
  readonly tensors: OnnxTensor[] = [];

  node(output: string, op: string, inputs: string[], attributes: OnnxNode['attributes'] = {}): string {
    this.nodes.push({ op, inputs, output, attributes });
    return output;
  }

  tensor(name: string, type: OnnxTensor['type'], dims: number[], data: Uint8Array): string {
    this.tensors.push({ name, type, dims, data });
    return name;
  }

  floats(name: string, dims: number[], values: ArrayLike<number>): string {
    const data = new DataView(new ArrayBuffer(4 * values.length));
    for (let i = 0; i < values.length; i++) data.setFloat32(4 * i, values[i]!, true);
    return this.tensor(name, 'float', dims, new Uint8Array(data.buffer));
  }
}

function graphOf({ mean, factor, target, precision, members }: Model): OnnxGraph {
  const graph = new Graph();
  const [D, K] = [mean.length, members[0]!.at(-1)!.units];
  const several = members.length > 1;
  // A name of its own for what a single network ends with.
  const last = several ? 'members' : 'prediction';
  const centred = graph.node('centred', 'Sub', ['input', graph.floats('mean', [D], mean)]);
  let x = graph.node('standardised', 'Mul', [centred, graph.floats('factor', [D], factor)]);
  members[0]!.forEach(({ activation }, l) => {
    const isLast = l === members[0]!.length - 1;
    const layers = members.map((layers) => layers[l]!);
    const name = isLast ? 'output' : `hidden_${l + 1}`;
    x = sums(graph, name, x, layers, precision, isLast && activation === 'linear' && !target ? last : `${name}_sums`);
    x = normalise(graph, name, x, layers);
    x = activate(graph, name, x, activation, isLast && !target ? last : `${name}_activation`);
  });
  if (target) {
    x = graph.node('scaled', 'Mul', [x, graph.floats('scale', [], [target.scale])]);
    x = graph.node(last, 'Add', [x, graph.floats('offset', [], [target.offset])]);
  }
  if (several) spread(graph, members.length);
  const { nodes, tensors } = graph;
  return {
    nodes,
    tensors,
    inputs: [['input', D]],
    outputs: several
      ? [
          ['mean_prediction', K],
          ['sd', K],
        ]
      : [['prediction', K]],
  };
}

/** Kernels `[inputs, units]` of one member, or `[R, inputs, units]`, and biases. */
function sums(
  g: Graph,
  name: string,
  x: string,
  layers: ModelLayer[],
  precision: Model['precision'],
  output: string,
): string {
  const { inputs, units } = layers[0]!;
  const several = layers.length > 1;
  const dims = [...(several ? [layers.length] : []), inputs, units];
  const all = Float32Array.from(layers.flatMap(({ kernel }) => [...kernel]));
  const kernel = kernelOf(g, `${name}_kernel`, dims, all, precision);
  const product = g.node(`${name}_product`, 'MatMul', [x, kernel]);
  return g.node(output, 'Add', [
    product,
    vectors(
      g,
      `${name}_bias`,
      layers.map(({ bias }) => bias),
    ),
  ]);
}

/** A vector of each member, to be met by `[N, units]` or `[R, N, units]`. */
function vectors(g: Graph, name: string, of: Float32Array[]): string {
  const units = of[0]!.length;
  return g.floats(
    name,
    of.length > 1 ? [of.length, 1, units] : [units],
    of.flatMap((vector) => [...vector]),
  );
}

function kernelOf(g: Graph, name: string, dims: number[], kernel: Float32Array, precision: Model['precision']): string {
  switch (precision) {
    case 'float32':
      return g.floats(name, dims, kernel);
    case 'float16': {
      const data = new DataView(new ArrayBuffer(2 * kernel.length));
      kernel.forEach((w, i) => data.setUint16(2 * i, toHalf(w), true));
      const halves = g.tensor(`${name}_float16`, 'float16', dims, new Uint8Array(data.buffer));
      return g.node(name, 'Cast', [halves], { ints: { to: 1 } });
    }
    case 'int8': {
      const [units, inputs] = [dims.at(-1)!, dims.at(-2)!];
      const members = kernel.length / (inputs * units);
      const parts = Array.from({ length: members }, (_, m) =>
        quantise(kernel.subarray(m * inputs * units, (m + 1) * inputs * units), units),
      );
      const codes = Int8Array.from(parts.flatMap((part) => [...part.codes]));
      const whole = g.tensor(`${name}_int8`, 'int8', dims, new Uint8Array(codes.buffer));
      const scales = parts.flatMap((part) => [...part.scales]);
      // Not DequantizeLinear: it knows one axis where members and units are two, and ONNX Runtime fuses it with the
      // product into one that rounds the inputs too (off by 0.002 in version 1.32).
      const cast = g.node(`${name}_codes`, 'Cast', [whole], { ints: { to: 1 } });
      return g.node(name, 'Mul', [
        cast,
        g.floats(`${name}_scales`, members > 1 ? [members, 1, units] : [units], scales),
      ]);
    }
  }
}

function normalise(g: Graph, name: string, x: string, layers: ModelLayer[]): string {
  const norms = layers.flatMap(({ norm }) => norm ?? []);
  if (norms.length === 0) return x;
  const { units } = layers[0]!;
  // Runtimes want gains of the width of the axis; those of each member come after it.
  const attributes = { floats: { epsilon: NORM_EPSILON } };
  const ones = g.floats(`${name}_ones`, [units], new Float32Array(units).fill(1));
  const standard = g.node(`${name}_standard`, 'LayerNormalization', [x, ones], attributes);
  const gains = vectors(
    g,
    `${name}_gains`,
    norms.map((norm) => norm.gains),
  );
  const shifts = vectors(
    g,
    `${name}_shifts`,
    norms.map((norm) => norm.shifts),
  );
  return g.node(`${name}_normalised`, 'Add', [g.node(`${name}_gained`, 'Mul', [standard, gains]), shifts]);
}

function activate(g: Graph, name: string, x: string, activation: ModelLayer['activation'], output: string): string {
  switch (activation) {
    case 'linear':
      return x;
    case 'tanh':
      return g.node(output, 'Tanh', [x]);
    case 'relu':
      return g.node(output, 'Relu', [x]);
    case 'sigmoid':
      return g.node(output, 'Sigmoid', [x]);
    case 'softmax':
      // Like layer normalisation over the last axis unless said otherwise.
      return g.node(output, 'Softmax', [x]);
    case 'gelu': {
      const scaled = g.node(`${name}_by_root2`, 'Mul', [x, g.floats(`${name}_root_half`, [], [Math.SQRT1_2])]);
      const one = g.node(`${name}_erf1`, 'Add', [
        g.node(`${name}_erf`, 'Erf', [scaled]),
        g.floats(`${name}_one`, [], [1]),
      ]);
      const half = g.node(`${name}_half_x`, 'Mul', [x, g.floats(`${name}_half`, [], [0.5])]);
      return g.node(output, 'Mul', [half, one]);
    }
  }
}

/** Mean and standard deviation (R − 1) over the first axis. */
function spread(g: Graph, members: number): void {
  const over = { ints: { keepdims: 0 }, lists: { axes: [0] } };
  g.node('mean_prediction', 'ReduceMean', ['members'], over);
  const apart = g.node('apart', 'Sub', ['members', 'mean_prediction']);
  const square = g.node('mean_square', 'ReduceMean', [g.node('squares', 'Mul', [apart, apart])], over);
  const variance = g.node('variance', 'Mul', [square, g.floats('bessel', [], [members / (members - 1)])]);
  g.node('sd', 'Sqrt', [variance]);
}
