/** @file The records that TypeScript writes for the kernel: four bytes a field, in the order of records.ts. */
import { Activation } from './activations';
import { Objective } from './objectives';
import { Optimizer } from './optimizers';

/** Points that go through the network together. */
export const TILE: i32 = 32;

@unmanaged
export class Layer {
  inputs: i32;
  outputs: i32;
  /** Outputs in vectors of four; what is beyond the outputs is zero. */
  vectors: i32;
  activation: Activation;
  /**
   * Offset of the weights `[inputs + 1, vectors]` in a replica's parameters; the last row holds the biases. Where the
   * layer is normalised, a row of gains and one of shifts follow.
   */
  weights: usize;
  /** `[TILE, vectors]`: linear outputs, then values. */
  values: usize;
  /** `[TILE, vectors]`: derivative of the activation. */
  slopes: usize;
  /** `[TILE, vectors]`: derivative of the loss by the linear outputs; of the last layer these are the values. */
  errors: usize;
  /** `[outputs, inputs in vectors]`: the weights without biases, transposed; not of the first layer. */
  transposed: usize;
  /** `[TILE, vectors]`: factors on the values, drawn for each tile; 0 where no unit is left out. */
  factors: usize;
  /** Place of its first block among a point's. */
  block: i32;
  /** A unit is left out where its word lies below `threshold`, else multiplied by `kept`. */
  threshold: u32;
  kept: f32;
  /** `[TILE, vectors]`: ẑ of layer normalisation, not zero beyond the outputs; 0 where the layer is not normalised. */
  standard: usize;
  /** `[TILE]`: 1 / √(var + ε) of the sums at each point. */
  scales: usize;
}

@unmanaged
export class Plan {
  layers: usize;
  depth: i32;
  /** Bytes of a replica's parameters, a multiple of 16. */
  bytes: usize;
  objective: Objective;
  /** Factor of the objective's gradient. */
  factor: f32;
  /** Of Huber's loss. */
  delta: f32;
  /** A label's share is `share`·label + `floor`. */
  share: f32;
  floor: f32;
  /** Of the focal loss; 0 for cross-entropy. */
  gamma: f32;
  optimizer: Optimizer;
  /** λ₁ and 2λ₂ of the penalties. */
  l1: f32;
  l2: f32;
  /** Limits; 0 for none. */
  clipValue: f32;
  clipNorm: f32;
  maxNorm: f32;
  /** Standard deviation of the noise on the inputs. */
  inputNoise: f32;
  seed: u32;
  /** Blocks of random words of a point's hidden units; 0 where none is left out anywhere. */
  unitBlocks: u32;
  /** Training points. */
  size: i32;
  /** `[bytes]`: the gradient in the making. */
  gradient: usize;
  /** `Coefficients` of each step of an epoch. */
  coefficients: usize;
  /** `[TILE, features]`, `[TILE]` and `[TILE]`: points fetched in the epoch's order, and their weights. */
  x: usize;
  y: usize;
  shares: usize;
  /** `[TILE, features in vectors]`: random words. */
  draws: usize;
  /** A row of zeros, as long as the widest layer; another one to write in. */
  zeros: usize;
  row: usize;
  /** The number 1. */
  one: usize;
  /** Of the epoch, as `startEpoch` sets it: its number, the points of a whole minibatch, and the order `[size]` or 0. */
  epoch: u32;
  batch: i32;
  order: usize;
}

@unmanaged
export class Replica {
  /** `[bytes]` */
  weights: usize;
  /** `[slots, bytes]` */
  slots: usize;
  /** `[size, features]`, `[size]` */
  x: usize;
  y: usize;
  /** `[size]`: weights of the points; 0 where all are 1. */
  shares: usize;
  /** In the streams of random words. */
  number: u32;
  /** Factor on the learning rate. */
  rateFactor: f32;
}

/** Of one optimizer step; what an optimizer has no use for is 0. */
@unmanaged
export class Coefficients {
  /** Learning rate of the schedule, and the share of the weights that decays. */
  rate: f32;
  decay: f32;
  /** Shares of a new value in the first and the second moving mean; of momentum and Nesterov, share1 is the momentum. */
  share1: f32;
  share2: f32;
  /** 1 / (1 − β₂ᵗ) */
  correction: f32;
  epsilon: f32;
  /** Of Nadam: factors on the mean and on the gradient. */
  ahead: f32;
  here: f32;
}

/** Those of the step at a place in the epoch. */
@inline
export function coefficientsAt(plan: Plan, place: i32): Coefficients {
  return changetype<Coefficients>(plan.coefficients + place * offsetof<Coefficients>());
}

/** Offset of a layer's biases in a replica's parameters. */
@inline
export function biasesOf(layer: Layer): usize {
  return layer.weights + (<usize>(layer.inputs * layer.vectors) << 4);
}

/** Rows of a layer's parameters. */
@inline
export function rowsOf(layer: Layer): i32 {
  return layer.inputs + (layer.standard ? 3 : 1);
}

@inline
export function layerAt(plan: Plan, index: i32): Layer {
  return changetype<Layer>(plan.layers + index * offsetof<Layer>());
}
