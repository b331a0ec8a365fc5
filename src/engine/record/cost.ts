/**
 * @file The cost ledger: what a training takes in memory and in floating-point operations, counted from its layout.
 *
 * The counting rule, for one replica. Every addition, multiplication, division, comparison and elementary function (√,
 * exp, tanh, erf) is one FLOP, so that a multiply-add is two. A layer's product a·W of b points takes
 * 2·b·inputs·outputs; its bias is where the sum begins and costs nothing. Backward, the gradients of the weights and of
 * the inputs take as much each, but nobody needs the gradient of the network's own inputs; the gradient of a bias takes
 * one addition for each point. Activations and optimizers are counted by element in the tables below, layer
 * normalisation by unit and by point. A sum of n numbers takes n − 1 additions, their mean so n FLOPs.
 *
 * Not counted, a few FLOPs for each output, input or weight at most: the loss and the scores, random numbers,
 * penalties, clipping. Backends that pad or compute a thing twice do more than is counted here.
 */
import { stepsPerEpoch } from '../training/batches.ts';
import type { Activation } from '../model/activations.ts';
import type { Layer, Layout } from '../model/network.ts';
import { OPTIMIZERS, type OptimizerName } from '../training/optimizers.ts';
import type { Job } from '../trainers/trainer.ts';

/** FLOPs by element: `forward` the value, `backward` the slope and its product with the gradient that comes in. */
export const ACTIVATION_FLOPS: Readonly<Record<Activation, { forward: number; backward: number }>> = {
  tanh: { forward: 1, backward: 3 }, // tanh z; g·(1 − a·a)
  relu: { forward: 1, backward: 2 }, // z > 0; g·(z > 0)
  sigmoid: { forward: 4, backward: 3 }, // 1 / (1 + exp(−z)); g·a·(1 − a)
  gelu: { forward: 5, backward: 11 }, // z·½·(1 + erf(z / √2)); g·(½·(1 + erf(z / √2)) + z·c·exp(−½·z·z))
  linear: { forward: 0, backward: 0 },
};

/** FLOPs of layer normalisation: by unit of the layer, and for all its units once. */
export const NORM_FLOPS = {
  forward: { unit: 7, point: 3 }, // mean z; c = z − mean; mean c·c; ẑ = c·r; gain·ẑ + shift; r = 1 / √(var + ε)
  backward: { unit: 11, point: 0 }, // gain + d·ẑ; shift + d; v = gain·d; mean v; mean v·ẑ; (v − mean v − ẑ·mean v·ẑ)·r
} as const;

/** FLOPs of an update by parameter; what is the same for all parameters (1 − β, η / (1 − β₁ᵗ)) is a number at hand. */
export const OPTIMIZER_FLOPS: Readonly<Record<OptimizerName, number>> = {
  sgd: 2, // w − η·g
  momentum: 4, // v = μ·v − η·g; w + v
  nesterov: 6, // h = η·g; v = μ·v − h; w + μ·v − h
  rmsprop: 9, // s = ρ·s + ρ'·g·g; w − η·g / (√s + ε)
  'centred-rmsprop': 14, // also m = ρ·m + ρ'·g; √(s − m·m)
  adagrad: 7, // s + g·g; w − η·g / (√s + ε)
  adadelta: 16, // s = ρ·s + ρ'·g·g; d = g·√(u + ε) / √(s + ε); u = ρ·u + ρ'·d·d; w − η·d
  adam: 13, // m = β·m + β'·g; v = γ·v + γ'·g·g; w − η'·m / (√(c·v) + ε)
  adamw: 14, // also k·w
  nadam: 15, // m, v as Adam; w − (a·m + b·g) / (√(c·v) + ε)
  lion: 9, // w − η·sign(β·m + β'·g); m = γ·m + γ'·g
};

/** What the costs depend on. */
export interface Workload {
  layout: Layout;
  optimizer: OptimizerName;
  /** R */
  replicas: number;
  /** Points of a replica's training and validation set, and of the test set that all share. */
  points: { train: number; validation: number; test: number };
  /** Optimizer steps in an epoch at the beginning. */
  updates: number;
}

export function workloadOf({ experiment, layout, replicas }: Job): Workload {
  const { train, validation, test } = replicas;
  return {
    layout,
    optimizer: experiment.training.optimizer.name,
    replicas: replicas.count,
    points: { train: train.size, validation: validation.size, test: test.size },
    updates: stepsPerEpoch(experiment, train.size),
  };
}

/** Bytes of what a run must keep for all replicas; a backend takes more while it works, and so does the tape. */
export interface Memory {
  /** Float32 weights, biases, gains and shifts. */
  parameters: number;
  /** Float32 slots of the optimizer. */
  slots: number;
  /** Inputs and labels in float32, and the test targets and their noise in float64. */
  data: number;
  total: number;
}

export function memoryOf({ layout, optimizer, replicas, points }: Workload): Memory {
  const { features, outputs } = layout;
  const parameters = 4 * replicas * layout.parameters;
  const slots = parameters * OPTIMIZERS[optimizer].slots.length;
  const own = 4 * replicas * (points.train + points.validation) * (features + 1);
  const data = own + points.test * (4 * features + 8 * (outputs + 1));
  return { parameters, slots, data, total: parameters + slots + data };
}

/** FLOPs of one replica's forward pass over some points. */
export function forwardFlops({ layers }: Layout, points: number): number {
  let flops = 0;
  for (const layer of layers) {
    const { inputs, outputs, activation } = layer;
    flops += 2 * inputs * outputs + normFlops(layer, 'forward') + outputs * ACTIVATION_FLOPS[activation].forward;
  }
  return flops * points;
}

/** FLOPs of one replica's backward pass over some points. */
export function backwardFlops({ layers }: Layout, points: number): number {
  let flops = 0;
  layers.forEach((layer, l) => {
    const { inputs, outputs, activation } = layer;
    const products = l === 0 ? 1 : 2;
    flops += 2 * products * inputs * outputs + outputs;
    flops += normFlops(layer, 'backward') + outputs * ACTIVATION_FLOPS[activation].backward;
  });
  return flops * points;
}

function normFlops({ gains, outputs }: Layer, pass: 'forward' | 'backward'): number {
  const { unit, point } = NORM_FLOPS[pass];
  return gains === null ? 0 : outputs * unit + point;
}

/** FLOPs of one replica's optimizer step on a batch of some points: forward, backward, update. */
export function stepFlops({ layout, optimizer }: Pick<Workload, 'layout' | 'optimizer'>, points: number): number {
  const update = OPTIMIZER_FLOPS[optimizer] * layout.parameters;
  return forwardFlops(layout, points) + backwardFlops(layout, points) + update;
}

/** FLOPs of one replica. */
export interface Cost {
  training: number;
  /** One forward pass over training, validation and test points after each epoch. */
  evaluation: number;
  total: number;
}

/**
 * What one replica has cost after some epochs trained (an epoch's index + 1). All terms are linear: the mean over
 * replicas is the cost of their mean epochs, and R times that is the cost of all. Give the `updates` made until then
 * where the batch size changes during training.
 */
export function costUntil(workload: Workload, epochs: number, updates = epochs * workload.updates): Cost {
  const { layout, optimizer, points } = workload;
  const { train, validation, test } = points;
  const passes = forwardFlops(layout, train) + backwardFlops(layout, train);
  const training = epochs * passes + updates * OPTIMIZER_FLOPS[optimizer] * layout.parameters;
  const evaluation = epochs * forwardFlops(layout, train + validation + test);
  return { training, evaluation, total: training + evaluation };
}

/** What one epoch of one replica costs. */
export function epochCost(workload: Workload): Cost {
  return costUntil(workload, 1);
}
