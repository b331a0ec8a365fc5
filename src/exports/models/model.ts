/** @file A model as every format writes it: what becomes of raw inputs, layer by layer, and what the file says of itself. */
import type { Experiment } from '../../engine/experiment/experiment.ts';
import type { Activation } from '../../engine/model/activations.ts';
import type { Network } from '../network.ts';
import type { Precision } from './precision.ts';

export interface ModelLayer {
  inputs: number;
  units: number;
  /** `[inputs, units]`, row-major: what the file's precision has left of the weights. */
  kernel: Float32Array;
  /** `[units]` */
  bias: Float32Array;
  /** Layer normalisation of the sums, `[units]` each; null where there is none. */
  norm: { gains: Float32Array; shifts: Float32Array } | null;
  activation: Activation | 'softmax';
}

export interface Predictions {
  /** `[n][K]`: of the only member, or the mean over the members. */
  outputs: number[][];
  /** `[n][K]`: standard deviation over the members (n − 1); null of a single one. */
  sd: number[][] | null;
}

/** Plain JSON; `docs/exports.md` describes it. Replicas and epochs count from 0. */
export interface About {
  patience: 'model';
  version: 1;
  /** Of the members, in their order. */
  replicas: number[];
  epochs: number[];
  /** The rule of the run, in words. */
  rule: string;
  seed: number;
  /** Name of the data. */
  data: string;
  inputs: string[];
  /** What comes out: `value`, `probability of …`, or `probabilities`. */
  output: string;
  classes: string[] | null;
  precision: Precision;
  sparsity: number;
  /** Raw inputs `[8][D]` and what they give `[8][K]`; `sd` over the members of an ensemble, else null. */
  check: { inputs: number[][] } & Predictions;
  experiment: Experiment;
}

/** `(raw − mean) · factor` goes through the layers; of a value, `· scale + offset` is in raw units again. */
export interface Model {
  about: About;
  /** `[D]` */
  mean: Float32Array;
  /** `[D]` */
  factor: Float32Array;
  /** Null where the last layer gives the prediction as it is. */
  target: { scale: number; offset: number } | null;
  precision: Precision;
  /** The layers of each member: several members are an ensemble. */
  members: ModelLayer[][];
}

export interface ModelOptions {
  precision: Precision;
  /** Share of the weights that become zero, from 0 to 1. */
  sparsity: number;
}

export const AS_TRAINED: ModelOptions = { precision: 'float32', sparsity: 0 };

export interface ModelMaterial {
  experiment: Experiment;
  network: Network;
}

/** Numbers `[inputs, units]` as `[units, inputs]`. */
export function transposed<T extends Float32Array | Int8Array>(numbers: T, units: number): T {
  const inputs = numbers.length / units;
  return numbers.map((_, at) => numbers[(at % inputs) * units + Math.floor(at / inputs)]!) as T;
}
