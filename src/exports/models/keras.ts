/**
 * @file One network as a `.keras` file: a zip of metadata.json, config.json and model.weights.h5, and nothing else.
 *
 * Only keys that Keras has known since 3.0 are written: a key that it does not know is an error to it. The weights of a
 * layer lie under the name of its class, counted: keras/src/saving/saving_lib.py.
 */
import { strToU8, zipSync } from 'fflate';
import { NORM_EPSILON } from '../../engine/model/layer-norm.ts';
import { fileName, type ExportFile } from '../files.ts';
import { membersName } from '../network.ts';
import { modelOf } from './build-model.ts';
import { hdf5, type Hdf5Array, type Hdf5Group } from './hdf5.ts';
import { AS_TRAINED, type Model, type ModelLayer, type ModelMaterial } from './model.ts';
import { toHalf, type Precision } from './precision.ts';

interface KerasPart {
  className: 'Normalization' | 'Dense' | 'LayerNormalization' | 'Activation' | 'Rescaling';
  name: string;
  config: Record<string, unknown>;
  /** What comes in `[null, width]`. */
  width: number;
  variables: Hdf5Array[];
}

export function kerasFile(material: ModelMaterial, options = AS_TRAINED): ExportFile {
  const model = modelOf(material, options);
  const parts = partsOf(model);
  const json = (value: unknown) => strToU8(JSON.stringify(value));
  const entries = {
    'metadata.json': json({ keras_version: '3.0.0', date_saved: '1980-01-01@00:00:00', patience: model.about }),
    'config.json': json(configOf(parts)),
    'model.weights.h5': weightsOf(parts),
  };
  return {
    name: fileName(material.experiment, `${membersName(material.network)}.keras`),
    mime: 'application/zip',
    // A fixed date: the same network gives the same bytes. Stored as they are, as Keras does.
    bytes: new Uint8Array(zipSync(entries, { mtime: new Date(1980, 0, 1), level: 0 })),
  };
}

/** Least square root of a variance that Keras divides by; below it a column's factor goes into the first kernel. */
const LEAST_SD = 1e-6;

function partsOf({ mean, factor, target, members, precision }: Model): KerasPart[] {
  const layers = members[0]!;
  const tiny = factor.some((f) => !(1 / Math.abs(f) > LEAST_SD && Math.abs(f) > LEAST_SD));
  const first = tiny
    ? { ...layers[0]!, kernel: layers[0]!.kernel.map((w, i) => w * factor[Math.floor(i / layers[0]!.units)]!) }
    : layers[0]!;
  const variance = Array.from(factor, (f) => (tiny ? 1 : 1 / f ** 2));
  const parts: KerasPart[] = [
    {
      className: 'Normalization',
      name: 'standardise',
      config: { axis: -1, invert: false, mean: [...mean], variance },
      width: mean.length,
      variables: [],
    },
    ...[first, ...layers.slice(1)].flatMap((layer, l) =>
      denseParts(layer, l === layers.length - 1 ? 'output' : `hidden_${l + 1}`, precision),
    ),
  ];
  if (target)
    parts.push({
      className: 'Rescaling',
      name: 'raw_units',
      config: { scale: target.scale, offset: target.offset },
      width: layers.at(-1)!.units,
      variables: [],
    });
  return parts;
}

/** A normalised layer is three of theirs, the first of them linear. */
function denseParts(
  { inputs, units, kernel, bias, norm, activation }: ModelLayer,
  name: string,
  precision: Precision,
): KerasPart[] {
  const vector = (values: Float32Array): Hdf5Array => ({ type: 'float32', shape: [units], values });
  const shape = [inputs, units];
  const dense: KerasPart = {
    className: 'Dense',
    name,
    config: { units, activation: norm ? 'linear' : activation, use_bias: true },
    width: inputs,
    variables: [
      precision === 'float16'
        ? { type: 'float16', shape, values: Uint16Array.from(kernel, toHalf) }
        : { type: 'float32', shape, values: kernel },
      vector(bias),
    ],
  };
  if (!norm) return [dense];
  return [
    dense,
    {
      className: 'LayerNormalization',
      name: `${name}_norm`,
      config: { axis: -1, epsilon: NORM_EPSILON, center: true, scale: true },
      width: units,
      variables: [vector(norm.gains), vector(norm.shifts)],
    },
    { className: 'Activation', name: `${name}_activation`, config: { activation }, width: units, variables: [] },
  ];
}

function configOf(parts: KerasPart[]) {
  const shape = (width: number) => [null, width];
  const common = { trainable: true, dtype: 'float32' };
  const layer = (class_name: string, config: object, rest: object) => ({
    ...{ module: 'keras.layers', class_name, config, registered_name: null },
    ...rest,
  });
  const build_config = { input_shape: shape(parts[0]!.width) };
  const layers = [
    layer('InputLayer', { batch_shape: shape(parts[0]!.width), dtype: 'float32', name: 'raw' }, {}),
    ...parts.map(({ className, name, config, width }) =>
      layer(className, { name, ...common, ...config }, { build_config: { input_shape: shape(width) } }),
    ),
  ];
  const config = { name: 'patience', ...common, layers, build_input_shape: build_config.input_shape };
  return { module: 'keras', class_name: 'Sequential', config, registered_name: null, build_config };
}

/** `layers/dense_1/vars/0`: the class in lower case, with a number from its second on. */
function weightsOf(parts: KerasPart[]): Uint8Array {
  const layers: Hdf5Group = {};
  const seen = new Map<string, number>();
  for (const { className, variables } of parts) {
    const name = className.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    if (variables.length === 0) continue;
    const vars = Object.fromEntries(variables.map((variable, i) => [String(i), variable]));
    layers[count === 0 ? name : `${name}_${count}`] = { vars };
  }
  // Keras 3.0 looks for variables of the model itself.
  return hdf5({ layers, vars: {} });
}
