/** @file The messages of an ONNX file: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3. */
import { bytesField, floatField, intField, messageField, textField, type ProtoField } from './protobuf.ts';

const FLOAT = 1;
const TENSOR_TYPES = { float: FLOAT, int8: 3, int64: 7, float16: 10 } as const;

export interface OnnxTensor {
  name: string;
  type: keyof typeof TENSOR_TYPES;
  dims: number[];
  /** Little-endian. */
  data: Uint8Array;
}

export interface OnnxNode {
  op: string;
  inputs: string[];
  output: string;
  attributes?: { ints?: Record<string, number>; floats?: Record<string, number>; lists?: Record<string, number[]> };
}

export interface OnnxGraph {
  nodes: OnnxNode[];
  tensors: OnnxTensor[];
  /** Name and width: all are float `[N, width]`. */
  inputs: [string, number][];
  outputs: [string, number][];
}

/** ModelProto. */
export function onnxModel(
  graph: OnnxGraph,
  { irVersion, opset }: { irVersion: number; opset: number },
  doc: string,
  metadata: Record<string, string>,
): ProtoField[] {
  return [
    intField(1, irVersion),
    textField(2, 'Patience'),
    textField(6, doc),
    messageField(7, [
      ...graph.nodes.map((node) => messageField(1, nodeProto(node))),
      textField(2, 'patience'),
      ...graph.tensors.map((tensor) => messageField(5, tensorProto(tensor))),
      ...graph.inputs.map(([name, width]) => messageField(11, valueInfo(name, width))),
      ...graph.outputs.map(([name, width]) => messageField(12, valueInfo(name, width))),
    ]),
    messageField(8, [textField(1, ''), intField(2, opset)]),
    ...Object.entries(metadata).map(([key, value]) => messageField(14, [textField(1, key), textField(2, value)])),
  ];
}

function nodeProto({
  op,
  inputs,
  output,
  attributes: { ints = {}, floats = {}, lists = {} } = {},
}: OnnxNode): ProtoField[] {
  return [
    ...inputs.map((name) => textField(1, name)),
    textField(2, output),
    textField(3, `make ${output}`),
    textField(4, op),
    // Types by AttributeType: FLOAT 1, INT 2, INTS 7.
    ...Object.entries(floats).map(([name, x]) =>
      messageField(5, [textField(1, name), floatField(2, x), intField(20, 1)]),
    ),
    ...Object.entries(ints).map(([name, i]) => messageField(5, [textField(1, name), intField(3, i), intField(20, 2)])),
    ...Object.entries(lists).map(([name, list]) =>
      messageField(5, [textField(1, name), ...list.map((i) => intField(8, i)), intField(20, 7)]),
    ),
  ];
}

const tensorProto = ({ name, type, dims, data }: OnnxTensor): ProtoField[] => [
  ...dims.map((length) => intField(1, length)),
  intField(2, TENSOR_TYPES[type]),
  textField(8, name),
  bytesField(9, data),
];

const valueInfo = (name: string, width: number): ProtoField[] => [
  textField(1, name),
  messageField(2, [
    messageField(1, [
      intField(1, FLOAT),
      messageField(2, [messageField(1, [textField(2, 'N')]), messageField(1, [intField(1, width)])]),
    ]),
  ]),
];
