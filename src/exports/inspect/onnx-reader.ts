/** @file Reads an ONNX file as far as Patience writes it: versions, nodes, weights, metadata. */
import { FileError, tensorOf, type FileTensor } from './file-error.ts';
import { ProtoMessage } from './protobuf-reader.ts';

export interface ReadNode {
  op: string;
  inputs: string[];
  outputs: string[];
  attributes: Record<string, number | number[]>;
}

export interface ReadOnnx {
  irVersion: number;
  opset: number;
  nodes: ReadNode[];
  tensors: FileTensor[];
  inputs: string[];
  outputs: string[];
  metadata: Map<string, string>;
}

const TYPES = new Map([
  [1, 'float32'],
  [3, 'int8'],
  [6, 'int32'],
  [7, 'int64'],
  [10, 'float16'],
] as const);

/** Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3. */
export function readOnnx(bytes: Uint8Array): ReadOnnx {
  const model = new ProtoMessage(bytes, 'ONNX');
  const [graph] = model.messages(7);
  const [irVersion] = model.ints(1);
  const [opset] = model.messages(8);
  if (!graph || irVersion === undefined || !opset)
    throw new FileError('ONNX: must have a version, a graph and a set of operators; it may be another file');
  return {
    irVersion,
    opset: opset.ints(2)[0] ?? 0,
    nodes: graph.messages(1).map(nodeOf),
    tensors: graph.messages(5).map(tensorIn),
    inputs: graph.messages(11).map(nameOf),
    outputs: graph.messages(12).map(nameOf),
    metadata: new Map(model.messages(14).map((entry) => [entry.texts(1)[0] ?? '', entry.texts(2)[0] ?? ''] as const)),
  };
}

const nameOf = (value: ProtoMessage) => value.texts(1)[0] ?? '';

function nodeOf(node: ProtoMessage): ReadNode {
  const attributes = node.messages(5).map((attribute) => {
    const [name = ''] = attribute.texts(1);
    const [float] = attribute.bytes(2);
    if (float?.length === 4)
      return [name, new DataView(float.buffer, float.byteOffset, 4).getFloat32(0, true)] as const;
    const list = attribute.ints(8);
    return [name, list.length > 0 ? list : (attribute.ints(3)[0] ?? 0)] as const;
  });
  return {
    op: node.texts(4)[0] ?? '',
    inputs: node.texts(1),
    outputs: node.texts(2),
    attributes: Object.fromEntries(attributes),
  };
}

function tensorIn(tensor: ProtoMessage): FileTensor {
  const [name = 'a tensor without a name'] = tensor.texts(8);
  const [code] = tensor.ints(2);
  const type = TYPES.get(code as 1);
  if (!type)
    throw new FileError(`${name}: has the type ${code}, which is none of float32, float16, int8, int32, int64`);
  const [data] = tensor.bytes(9);
  if (!data) throw new FileError(`${name}: has no raw data`);
  return tensorOf(name, type, tensor.ints(1), data);
}
