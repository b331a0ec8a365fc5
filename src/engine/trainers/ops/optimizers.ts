/** @file The optimizers as tensor operations on all parameters at once; formulas as in trainers/plain/optimizer.ts. */
import * as tf from '@tensorflow/tfjs-core';
import type { OptimizerSettings } from '../../optimizers.ts';

export interface Updated {
  theta: tf.Tensor;
  slots: tf.Tensor[];
}

/** Parameters, gradient and slots are `[R, P′]`; `step` counts from 1. */
export function updateOps(
  settings: OptimizerSettings,
  theta: tf.Tensor,
  g: tf.Tensor,
  slots: tf.Tensor[],
  step: number,
): Updated {
  const rate = settings.learningRate;
  switch (settings.name) {
    case 'sgd':
      return { theta: tf.sub(theta, tf.mul(g, rate)), slots: [] };
    case 'momentum': {
      const velocity = tf.sub(tf.mul(slots[0]!, settings.momentum), tf.mul(g, rate));
      return { theta: tf.add(theta, velocity), slots: [velocity] };
    }
    case 'adam': {
      const { beta1, beta2, epsilon } = settings;
      const m = tf.add(tf.mul(slots[0]!, beta1), tf.mul(g, 1 - beta1));
      const v = tf.add(tf.mul(slots[1]!, beta2), tf.mul(tf.square(g), 1 - beta2));
      // η·m̂ / (√v̂ + ε) with both bias corrections drawn into two numbers.
      const root = Math.sqrt(1 - beta2 ** step);
      const scaled = tf.mul(m, (rate * root) / (1 - beta1 ** step));
      return { theta: tf.sub(theta, tf.div(scaled, tf.add(tf.sqrt(v), epsilon * root))), slots: [m, v] };
    }
    default:
      return settings satisfies never;
  }
}
