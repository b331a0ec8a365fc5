/** @file What the kernel is told in memory: four bytes a field, in the order that plan.ts writes them. */
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
  /** Offset of the weights `[inputs + 1, vectors]` in a replica's parameters; the last row holds the biases. */
  weights: usize;
  /** `[TILE, vectors]`: linear outputs, then values. */
  values: usize;
  /** `[TILE, vectors]`: derivative of the activation. */
  slopes: usize;
  /** `[TILE, vectors]`: derivative of the loss by the linear outputs; of the last layer these are the values. */
  errors: usize;
  /** `[outputs, inputs in vectors]`: the weights without biases, transposed; not of the first layer. */
  transposed: usize;
}

@unmanaged
export class Plan {
  layers: usize;
  depth: i32;
  /** Bytes of a replica's parameters, a multiple of 16. */
  bytes: usize;
  objective: Objective;
  optimizer: Optimizer;
  /** 2λ of the L2 penalty. */
  decay: f32;
  /** Factor of the objective's gradient. */
  factor: f32;
  /** Training points, and those of a whole minibatch. */
  size: i32;
  batch: i32;
  /** `[bytes]`: the gradient in the making. */
  gradient: usize;
  /** `[size]`: the epoch's order; 0 where points come as they are. */
  order: usize;
  /** `[steps of an epoch, 8]`: what the optimizer is told. */
  coefficients: usize;
  /** `[TILE, features]` and `[TILE]`: points fetched in the epoch's order. */
  x: usize;
  y: usize;
  /** A row of zeros, as long as the widest layer. */
  zeros: usize;
  /** The number 1. */
  one: usize;
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
}

@inline
export function layerAt(plan: Plan, index: i32): Layer {
  return changetype<Layer>(plan.layers + index * offsetof<Layer>());
}
