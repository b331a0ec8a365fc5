/** @file Lays a model's parameters out in one array; initial weights; a plain forward pass. */
import { weightsDraw } from '../data/draws.ts';
import { ACTIVATIONS, type Activation } from './activations.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { fillWeights } from './initial-weights.ts';
import { endOf, normalise } from './layer-norm.ts';
import { stream } from '../random.ts';

export interface Layer {
  inputs: number;
  outputs: number;
  /** Where the weights `[inputs, outputs]`, row-major, begin in the flat vector of one replica. */
  weights: number;
  /** Where the biases `[outputs]` begin. */
  biases: number;
  /** Where the gains `[outputs]` of layer normalisation begin, its shifts `[outputs]` after them; null: not normalised. */
  gains: number | null;
  /** `linear` for the last layer. */
  activation: Activation;
}

/** The parameters of one replica as a flat vector of P numbers, layer by layer: weights, biases, gains, shifts. */
export interface Layout {
  features: number;
  outputs: number;
  layers: Layer[];
  /** P */
  parameters: number;
}

export function layoutOf(experiment: Experiment, features: number, outputs: number): Layout {
  const { hidden, activation, layerNorm } = experiment.model;
  const widths = [features, ...hidden, outputs];
  const layers: Layer[] = [];
  let parameters = 0;
  for (let l = 1; l < widths.length; l++) {
    const [from, to] = [widths[l - 1]!, widths[l]!];
    const biases = parameters + from * to;
    const isHidden = l < widths.length - 1;
    const layer: Layer = {
      inputs: from,
      outputs: to,
      weights: parameters,
      biases,
      gains: isHidden && layerNorm ? biases + to : null,
      activation: isHidden ? activation : 'linear',
    };
    layers.push(layer);
    parameters = endOf(layer);
  }
  return { features, outputs, layers, parameters };
}

/** The weights a replica starts from, `[P]`, by the experiment's initializer; biases and shifts zero, gains one. */
export function initialWeights(layout: Layout, experiment: Experiment, replica: number): Float32Array {
  const { model } = experiment;
  const numbers = stream(experiment.seed, 'weights', weightsDraw(experiment, replica), 0);
  const weights = new Float32Array(layout.parameters);
  for (const layer of layout.layers) {
    fillWeights(model.initializer, layer, numbers, weights, layer.weights);
    for (let w = layer.weights; w < layer.biases; w++) weights[w]! *= model.initialScale;
    if (layer.gains !== null) weights.fill(1, layer.gains, layer.gains + layer.outputs);
  }
  return weights;
}

/**
 * The last linear outputs `[n, K]` of one network at n points `[n, D]` (inputs as the network sees them), in float64.
 * Plain loops: the reference for the trainers and the exports, and fast enough for maps.
 */
export function forward(layout: Layout, weights: ArrayLike<number>, x: ArrayLike<number>, n: number): Float64Array {
  const theta = new Float64Array(weights);
  let a: ArrayLike<number> = x;
  for (const layer of layout.layers) {
    const sums = affine(layer, theta, a, n);
    const z = layer.gains === null ? sums : normalise(layer.gains, layer.outputs, theta, sums).sums;
    const { value } = ACTIVATIONS[layer.activation];
    if (layer.activation !== 'linear') for (let i = 0; i < z.length; i++) z[i] = value(z[i]!);
    a = z;
  }
  return a as Float64Array;
}

/** a·W + b, `[n, outputs]`. */
export function affine(
  { inputs, outputs, weights, biases }: Layer,
  theta: Float64Array,
  a: ArrayLike<number>,
  n: number,
): Float64Array {
  const z = new Float64Array(n * outputs);
  for (let p = 0; p < n; p++) {
    const row = p * outputs;
    for (let j = 0; j < outputs; j++) z[row + j] = theta[biases + j]!;
    for (let i = 0; i < inputs; i++) {
      const from = weights + i * outputs;
      const ai = a[p * inputs + i]!;
      for (let j = 0; j < outputs; j++) z[row + j]! += ai * theta[from + j]!;
    }
  }
  return z;
}
