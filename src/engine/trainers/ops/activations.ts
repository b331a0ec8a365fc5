/** @file The activations and their slopes as tensor operations; formulas as in engine/model/activations.ts. */
import * as tf from '@tensorflow/tfjs-core';
import type { Activation } from '../../model/activations.ts';

export interface ActivationOps {
  value(z: tf.Tensor): tf.Tensor;
  /** dz = da · slope, from z and a = value(z). */
  back(da: tf.Tensor, z: tf.Tensor, a: tf.Tensor): tf.Tensor;
}

const Phi = (z: tf.Tensor) => tf.mul(tf.add(tf.erf(tf.mul(z, Math.SQRT1_2)), 1), 0.5);
const phi = (z: tf.Tensor) => tf.mul(tf.exp(tf.mul(tf.square(z), -0.5)), 1 / Math.sqrt(2 * Math.PI));

export const ACTIVATION_OPS: Readonly<Record<Activation, ActivationOps>> = {
  tanh: { value: tf.tanh, back: (da, _, a) => tf.mul(da, tf.sub(1, tf.square(a))) },
  relu: { value: tf.relu, back: (da, _, a) => tf.mul(da, tf.step(a)) },
  sigmoid: { value: tf.sigmoid, back: (da, _, a) => tf.mul(da, tf.mul(a, tf.sub(1, a))) },
  gelu: { value: (z) => tf.mul(z, Phi(z)), back: (da, z) => tf.mul(da, tf.add(Phi(z), tf.mul(z, phi(z)))) },
  linear: { value: (z) => tf.clone(z), back: (da) => tf.clone(da) },
};
