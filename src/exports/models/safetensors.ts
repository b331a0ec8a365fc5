/**
 * @file Networks as safetensors, and the lines that load them into PyTorch.
 *
 * https://github.com/huggingface/safetensors: eight bytes say how long the header is, the header is JSON and says where
 * each tensor lies, the tensors follow without gaps. A member's tensors are named as in `nn.Sequential`; those of an
 * ensemble lie below its number, as in `nn.ModuleList`. `mean`, `factor`, `scale` and `offset` stand beside them.
 */
import { fileName, type ExportFile } from '../files.ts';
import { membersName } from '../network.ts';
import { modelOf } from './build-model.ts';
import { AS_TRAINED, transposed, type Model, type ModelLayer, type ModelMaterial } from './model.ts';
import { quantise, toHalf } from './precision.ts';

type Type = 'F32' | 'F16' | 'I8';

interface Tensor {
  name: string;
  type: Type;
  shape: number[];
  values: Float32Array | Uint16Array | Int8Array;
}

export function safetensorsFile(material: ModelMaterial, options = AS_TRAINED): ExportFile {
  const model = modelOf(material, options);
  return {
    name: fileName(material.experiment, `${membersName(material.network)}.safetensors`),
    mime: 'application/octet-stream',
    bytes: safetensors(tensorsOf(model), {
      format: 'pt',
      patience: JSON.stringify(model.about),
      pytorch: pytorchLines(model),
    }),
  };
}

/** Little-endian, the largest numbers first, so that each tensor is aligned. */
function safetensors(tensors: Tensor[], metadata: Record<string, string>): Uint8Array<ArrayBuffer> {
  const size = ({ values }: Tensor) => values.BYTES_PER_ELEMENT;
  const sorted = tensors.toSorted((a, b) => size(b) - size(a));
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const { name, type, shape, values } of sorted)
    header[name] = { dtype: type, shape, data_offsets: [end, (end += values.byteLength)] };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = 8 + Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(start + end).fill(0x20, 8, start);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(start - 8), true);
  bytes.set(text, 8);
  let at = start;
  for (const { type, values } of sorted) {
    for (const value of values) {
      if (type === 'F32') view.setFloat32(at, value, true);
      else if (type === 'F16') view.setUint16(at, value, true);
      else view.setInt8(at, value);
      at += values.BYTES_PER_ELEMENT;
    }
  }
  return bytes;
}

function tensorsOf(model: Model): Tensor[] {
  const { mean, factor, target, members } = model;
  const f32 = (name: string, shape: number[], values: Float32Array): Tensor => ({ name, type: 'F32', shape, values });
  const weights = members.flatMap((layers, m) => {
    const prefix = members.length === 1 ? '' : `${m}.`;
    return modulesOf(layers).flatMap(({ layer, part }, i): Tensor[] => {
      const name = `${prefix}${i}`;
      if (part === 'activation') return [];
      if (part === 'norm') {
        const { gains, shifts } = layer.norm!;
        return [f32(`${name}.weight`, [layer.units], gains), f32(`${name}.bias`, [layer.units], shifts)];
      }
      return [...kernelTensors(model, name, layer), f32(`${name}.bias`, [layer.units], layer.bias)];
    });
  });
  return [
    ...weights,
    f32('mean', [mean.length], mean),
    f32('factor', [factor.length], factor),
    f32('scale', [1], Float32Array.of(target?.scale ?? 1)),
    f32('offset', [1], Float32Array.of(target?.offset ?? 0)),
  ];
}

/** PyTorch keeps `[units, inputs]`; int8 comes with `[units, 1]` to multiply it by. */
function kernelTensors({ precision }: Model, name: string, { kernel, inputs, units }: ModelLayer): Tensor[] {
  const values = transposed(kernel, units);
  const shape = [units, inputs];
  switch (precision) {
    case 'float32':
      return [{ name: `${name}.weight`, type: 'F32', shape, values }];
    case 'float16':
      return [{ name: `${name}.weight`, type: 'F16', shape, values: Uint16Array.from(values, toHalf) }];
    case 'int8': {
      const { codes, scales } = quantise(kernel, units);
      return [
        { name: `${name}.weight`, type: 'I8', shape, values: transposed(codes, units) },
        { name: `${name}.weight_scale`, type: 'F32', shape: [units, 1], values: scales },
      ];
    }
  }
}

interface Module {
  layer: ModelLayer;
  part: 'linear' | 'norm' | 'activation';
}

/** What `nn.Sequential` is made of, in order. */
function modulesOf(layers: ModelLayer[]): Module[] {
  return layers.flatMap((layer): Module[] => [
    { layer, part: 'linear' },
    ...(layer.norm ? [{ layer, part: 'norm' } as const] : []),
    ...(layer.activation === 'linear' ? [] : [{ layer, part: 'activation' } as const]),
  ]);
}

const TORCH_ACTIVATIONS = {
  tanh: 'Tanh()',
  relu: 'ReLU()',
  sigmoid: 'Sigmoid()',
  gelu: 'GELU()',
  softmax: 'Softmax(-1)',
} as const;

/** Python that defines `predict(x)` of raw inputs `[n, D]`; of an ensemble it gives the mean and the standard deviation. */
export function pytorchLines({ members, precision }: Model): string {
  const network = modulesOf(members[0]!).map(({ layer: { inputs, units, activation }, part }) => {
    if (part === 'linear') return `nn.Linear(${inputs}, ${units})`;
    if (part === 'norm') return `nn.LayerNorm(${units})`;
    return `nn.${TORCH_ACTIVATIONS[activation as keyof typeof TORCH_ACTIVATIONS]}`;
  });
  const sequential = `nn.Sequential(${network.join(', ')})`;
  const several = members.length > 1;
  return `${[
    'import torch; from torch import nn; from safetensors.torch import load_file',
    't = {name: tensor.float() for name, tensor in load_file("model.safetensors").items()}',
    ...(precision === 'int8'
      ? ['for name in [n for n in t if n.endswith("_scale")]: t[name.removesuffix("_scale")] *= t.pop(name)']
      : []),
    'mean, factor, scale, offset = (t.pop(name) for name in ("mean", "factor", "scale", "offset"))',
    several ? `model = nn.ModuleList(${sequential} for _ in range(${members.length}))` : `model = ${sequential}`,
    'model.load_state_dict(t)',
    several
      ? 'def predict(x): p = torch.stack([m((x - mean) * factor) for m in model]) * scale + offset; return p.mean(0), p.std(0)'
      : 'def predict(x): return model((x - mean) * factor) * scale + offset',
  ].join('\n')}\n`;
}
