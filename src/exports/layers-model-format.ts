/** @file Dense layers, normalised or not, in the format of `tf.loadLayersModel`. */
import { NORM_EPSILON } from '../engine/model/layer-norm.ts';

/** A dense layer whose sums, where it is normalised, go through layer normalisation into the activation. */
export interface DenseLayer {
  name: string;
  /** By its name in Keras. */
  activation: string;
  inputs: number;
  units: number;
  /** `[inputs, units]`, row-major. */
  kernel: Float64Array;
  /** `[units]` */
  bias: Float64Array;
  /** `[units]` each; null where the layer is not normalised. */
  norm: { gains: Float64Array; shifts: Float64Array } | null;
}

/** One layer of theirs: what the topology says of it, and its weights by name. */
export interface KerasLayer {
  class_name: 'Dense' | 'LayerNormalization' | 'Activation';
  config: { name: string } & Record<string, unknown>;
  weights: { name: string; shape: number[]; values: Float64Array }[];
}

/** A normalised layer is three of theirs, the first of them linear. */
export function kerasLayers({ name, activation, inputs, units, kernel, bias, norm }: DenseLayer): KerasLayer[] {
  const common = { trainable: true, dtype: 'float32' };
  const dense: KerasLayer = {
    class_name: 'Dense',
    config: { name, ...common, units, activation: norm ? 'linear' : activation, use_bias: true },
    weights: [
      { name: `${name}/kernel`, shape: [inputs, units], values: kernel },
      { name: `${name}/bias`, shape: [units], values: bias },
    ],
  };
  if (!norm) return [dense];
  const own = `${name}_norm`;
  return [
    dense,
    {
      class_name: 'LayerNormalization',
      config: { name: own, ...common, axis: -1, epsilon: NORM_EPSILON, center: true, scale: true },
      weights: [
        { name: `${own}/gamma`, shape: [units], values: norm.gains },
        { name: `${own}/beta`, shape: [units], values: norm.shifts },
      ],
    },
    { class_name: 'Activation', config: { name: `${name}_activation`, ...common, activation }, weights: [] },
  ];
}

/** The format of `tf.loadLayersModel`: https://github.com/tensorflow/tfjs/tree/master/tfjs-converter, Keras 2 topology. */
export function modelJson(layers: KerasLayer[], features: number, userDefinedMetadata: Record<string, unknown>) {
  const topology = layers.map(({ class_name, config }, i) => ({
    class_name,
    config: { ...config, ...(i === 0 ? { batch_input_shape: [null, features] } : {}) },
  }));
  return {
    format: 'layers-model',
    generatedBy: 'Patience',
    convertedBy: null,
    modelTopology: {
      keras_version: '2.15.0',
      backend: 'tensorflow',
      model_config: { class_name: 'Sequential', config: { name: 'patience', layers: topology } },
    },
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: layers.flatMap(({ weights }) => weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' }))),
      },
    ],
    userDefinedMetadata,
  };
}

/** float32, little-endian, in the order of the manifest. */
export function weightsBin(layers: KerasLayer[]): Uint8Array {
  const numbers = layers.flatMap(({ weights }) => weights.map(({ values }) => values));
  const view = new DataView(new ArrayBuffer(4 * numbers.reduce((sum, array) => sum + array.length, 0)));
  let at = 0;
  for (const array of numbers) for (const x of array) view.setFloat32(4 * at++, x, true);
  return new Uint8Array(view.buffer);
}
