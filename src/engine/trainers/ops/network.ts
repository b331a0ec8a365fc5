/** @file All replicas' networks as batched products: the forward pass, and the gradient by backpropagation. */
import * as tf from '@tensorflow/tfjs-core';
import type { ObjectiveName } from '../../objectives.ts';
import { ACTIVATION_OPS } from './activations.ts';
import type { Batch } from './data.ts';
import type { PaddedLayout } from './padding.ts';

/** What does not change while a network trains. */
export interface Constants {
  /** For each hidden layer `[1, 1, columns]`: turns the column after the real units into the constant 1. */
  ones: tf.Tensor3D[];
  /** `[1, 1, K′]`: −10⁹ on padded outputs, so that a softmax gives them nothing. */
  absent: tf.Tensor3D;
  /** `[1, P′]`: 1 where a parameter stands; keeps the padding at zero. */
  real: tf.Tensor2D;
  /** `[1, P′]`: 2λ where a weight stands; null without L2. */
  decay: tf.Tensor2D | null;
}

export function constantsOf(
  { layers, length, real, decayed }: PaddedLayout,
  activationAtZero: number,
  l2: number,
): Constants {
  const ones = layers.slice(0, -1).map(({ columns, outputs }) => {
    const row = new Float32Array(columns);
    row[outputs] = 1 - activationAtZero;
    return tf.tensor3d(row, [1, 1, columns]);
  });
  const { columns, outputs } = layers.at(-1)!;
  return {
    ones,
    absent: tf.tensor3d(new Float32Array(columns).fill(-1e9, outputs), [1, 1, columns]),
    real: tf.tensor2d(real, [1, length]),
    decay:
      l2 > 0
        ? tf.tensor2d(
            decayed.map((d) => 2 * l2 * d),
            [1, length],
          )
        : null,
  };
}

/** The matrices `[R, rows, columns]` of the layers, cut out of the parameters `[R, P′]`. */
export function matrices({ layers }: PaddedLayout, theta: tf.Tensor): tf.Tensor[] {
  const R = theta.shape[0];
  return layers.map(({ rows, columns, at }) =>
    tf.reshape(tf.slice(theta, [0, at], [R, rows * columns]), [R, rows, columns]),
  );
}

interface Pass {
  /** Inputs of each layer. */
  a: tf.Tensor[];
  /** Linear outputs of each layer; the last is the network's, `[R, n, K′]`. */
  z: tf.Tensor[];
}

export function forwardOps({ layers }: PaddedLayout, w: tf.Tensor[], { ones }: Constants, x: tf.Tensor): Pass {
  const pass: Pass = { a: [x], z: [] };
  layers.forEach(({ activation }, l) => {
    const z = tf.matMul(pass.a[l]!, w[l]!);
    pass.z.push(z);
    if (l < layers.length - 1) pass.a.push(tf.add(ACTIVATION_OPS[activation].value(z), ones[l]!));
  });
  return pass;
}

function predictOps(objective: ObjectiveName, z: tf.Tensor, { absent }: Constants): tf.Tensor {
  switch (objective) {
    case 'squared-error':
      return z;
    case 'binary-cross-entropy':
      return tf.sigmoid(z);
    case 'softmax-cross-entropy':
      return tf.softmax(tf.add(z, absent));
    default:
      return objective satisfies never;
  }
}

/**
 * Gradient `[R, P′]` of the sum over replicas of each one's mean loss, so that replicas stay independent of one
 * another. Written out instead of recorded by automatic differentiation: half the dispatches, and no gradient registry.
 */
export function gradientOps(
  layout: PaddedLayout,
  objective: ObjectiveName,
  theta: tf.Tensor,
  constants: Constants,
  batch: Batch,
): tf.Tensor {
  const { layers } = layout;
  const w = matrices(layout, theta);
  const { a, z } = forwardOps(layout, w, constants, batch.x);
  const gradients: tf.Tensor[] = [];
  let dz: tf.Tensor = tf.mul(tf.sub(predictOps(objective, z.at(-1)!, constants), batch.y), batch.weight);
  for (let l = layers.length - 1; l >= 0; l--) {
    const dw = tf.matMul(a[l]!, dz, true, false);
    gradients.unshift(tf.reshape(dw, [theta.shape[0], -1]));
    if (l > 0) {
      const da = tf.matMul(dz, w[l]!, false, true);
      dz = ACTIVATION_OPS[layers[l - 1]!.activation].back(da, z[l - 1]!, a[l]!);
    }
  }
  const all = tf.mul(tf.concat(gradients, 1), constants.real);
  return constants.decay ? tf.add(all, tf.mul(theta, constants.decay)) : all;
}
