/** @file All replicas' networks as batched products: the forward pass, and the gradient by backpropagation. */
import * as tf from '@tensorflow/tfjs-core';
import type { Experiment } from '../../experiment/experiment.ts';
import { ACTIVATION_OPS } from './activations.ts';
import type { Batch } from './data.ts';
import { normaliseBackOps, normaliseOps, type Norm, type NormalisedOps } from './layer-norm.ts';
import { slopeOps } from './objectives.ts';
import type { PaddedLayout } from './padding.ts';

/** What does not change while a network trains. */
export interface Constants {
  /** For each hidden layer `[1, 1, columns]`: turns the column after the real units into the constant 1. */
  ones: tf.Tensor3D[];
  /** For each hidden layer `[1, 1, columns]`: 1 on its units. */
  units: tf.Tensor3D[];
  /** `[1, 1, K′]`: −10⁹ on padded outputs, so that a softmax gives them nothing. */
  absent: tf.Tensor3D;
  /** `[1, P′]`: 1 where a parameter stands; keeps the padding at zero. */
  real: tf.Tensor2D;
  /** `[1, P′]`: 1 where a weight stands, 0 for all others and padding. */
  weights: tf.Tensor2D;
}

export function constantsOf({ layers, length, real, decayed }: PaddedLayout, activationAtZero: number): Constants {
  const hidden = layers.slice(0, -1);
  const ones = hidden.map(({ columns, outputs }) => {
    const row = new Float32Array(columns);
    row[outputs] = 1 - activationAtZero;
    return tf.tensor3d(row, [1, 1, columns]);
  });
  const units = hidden.map(({ columns, outputs }) =>
    tf.tensor3d(new Float32Array(columns).fill(1, 0, outputs), [1, 1, columns]),
  );
  const { columns, outputs } = layers.at(-1)!;
  return {
    ones,
    units,
    absent: tf.tensor3d(new Float32Array(columns).fill(-1e9, outputs), [1, 1, columns]),
    real: tf.tensor2d(real, [1, length]),
    weights: tf.tensor2d(decayed, [1, length]),
  };
}

/** A layer's part of the parameters. */
export interface LayerParameters {
  /** `[R, rows, columns]` */
  w: tf.Tensor;
  /** Null where the layer is not normalised. */
  norm: Norm | null;
}

/** The parameters `[R, P′]` by layer. */
export function parametersOf({ layers }: PaddedLayout, theta: tf.Tensor): LayerParameters[] {
  const R = theta.shape[0];
  return layers.map(({ rows, columns, at, normalised }) => {
    const below = (from: number, height: number) =>
      tf.reshape(tf.slice(theta, [0, at + from * columns], [R, height * columns]), [R, height, columns]);
    return {
      w: below(0, rows),
      norm: normalised ? { gains: below(rows, 1), shifts: below(rows + 1, 1) } : null,
    };
  });
}

interface Pass {
  /** Inputs of each layer, dropout and the constant 1 included. */
  a: tf.Tensor[];
  /** Values of the hidden units before that. */
  values: tf.Tensor[];
  /** Sums of each layer that go into its activation; the last are the network's outputs, `[R, n, K′]`. */
  z: tf.Tensor[];
  /** How the hidden layers came to them; null where they are not normalised. */
  normed: (NormalisedOps | null)[];
}

/** `factors` `[R, n, columns]` of the hidden layers multiply their values; null for none. */
export function forwardOps(
  { layers }: PaddedLayout,
  parameters: LayerParameters[],
  { ones, units }: Constants,
  x: tf.Tensor,
  factors: tf.Tensor[] | null = null,
): Pass {
  const pass: Pass = { a: [x], values: [], z: [], normed: [] };
  layers.forEach(({ activation, outputs }, l) => {
    const { w, norm } = parameters[l]!;
    const own = tf.matMul(pass.a[l]!, w);
    const normed = norm && normaliseOps(norm, outputs, units[l]!, own);
    const z = normed?.sums ?? own;
    pass.normed.push(normed);
    pass.z.push(z);
    if (l === layers.length - 1) return;
    const value = ACTIVATION_OPS[activation].value(z);
    pass.values.push(value);
    // The column of the constant holds the activation of zero, as its factor of 1 leaves it.
    pass.a.push(tf.add(factors ? tf.mul(value, factors[l]!) : value, ones[l]!));
  });
  return pass;
}

/**
 * Gradient `[R, P′]` of the sum over replicas of each one's mean loss, so that replicas stay independent of one
 * another. Written out instead of recorded by automatic differentiation: half the dispatches, and no gradient registry.
 */
export function gradientOps(
  layout: PaddedLayout,
  experiment: Experiment,
  theta: tf.Tensor,
  constants: Constants,
  batch: Batch,
): tf.Tensor {
  const { layers } = layout;
  const { l1, l2 } = experiment.training;
  const parameters = parametersOf(layout, theta);
  const { a, values, z, normed } = forwardOps(layout, parameters, constants, batch.x, batch.factors);
  const gradients: tf.Tensor[] = [];
  let dz: tf.Tensor = tf.mul(slopeOps(experiment, z.at(-1)!, batch.y, constants.absent), batch.weight);
  for (let l = layers.length - 1; l >= 0; l--) {
    const { w, norm } = parameters[l]!;
    const back = norm && normaliseBackOps(norm, layers[l]!.outputs, normed[l]!, dz);
    if (back) {
      gradients.unshift(back.gains, back.shifts);
      dz = back.dz;
    }
    const dw = tf.matMul(a[l]!, dz, true, false);
    gradients.unshift(tf.reshape(dw, [theta.shape[0], -1]));
    if (l > 0) {
      const da = tf.matMul(dz, w, false, true);
      const through = batch.factors ? tf.mul(da, batch.factors[l - 1]!) : da;
      dz = ACTIVATION_OPS[layers[l - 1]!.activation].back(through, z[l - 1]!, values[l - 1]!);
    }
  }
  let all: tf.Tensor = tf.mul(tf.concat(gradients, 1), constants.real);
  if (l1 > 0) all = tf.add(all, tf.mul(tf.mul(tf.sign(theta), constants.weights), l1));
  if (l2 > 0) all = tf.add(all, tf.mul(tf.mul(theta, constants.weights), 2 * l2));
  return all;
}
