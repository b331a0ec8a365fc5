/** @file A model's description as a layout of parameters; initial weights; a plain forward pass. */
import type { Activation } from './experiment.ts';

export interface Layer {
  inputs: number;
  outputs: number;
  /** Where the weights `[inputs, outputs]`, row-major, begin in the flat vector of one replica. */
  weights: number;
  /** Where the biases `[outputs]` begin. */
  biases: number;
  /** `linear` for the last layer. */
  activation: Activation;
}

/** The parameters of one replica as a flat vector of P numbers, layer by layer, weights before biases. */
export interface Layout {
  features: number;
  outputs: number;
  layers: Layer[];
  /** P */
  parameters: number;
}
