/** @file Penalties, clipping and norm limits as tensor operations; formulas as in trainers/plain/optimizer.ts. */
import * as tf from '@tensorflow/tfjs-core';
import type { Experiment } from '../../experiment/experiment.ts';
import { heightOf, type PaddedLayout } from './padding.ts';

/** A gradient `[R, P′]` clipped by value, then by its norm over each replica's parameters. */
export function clipOps(g: tf.Tensor, { clipValue, clipNorm }: Experiment['training']): tf.Tensor {
  const clipped = clipValue > 0 ? tf.minimum(tf.maximum(g, -clipValue), clipValue) : g;
  if (clipNorm === 0) return clipped;
  const norm = tf.sqrt(tf.sum(tf.square(clipped), 1, true));
  return tf.mul(clipped, tf.div(clipNorm, tf.maximum(norm, clipNorm)));
}

/** Parameters `[R, P′]` in which no unit's incoming weights are longer than `most`; all others as they were. */
export function limitNormsOps(
  { layers }: PaddedLayout,
  theta: tf.Tensor,
  weights: tf.Tensor2D,
  most: number,
): tf.Tensor {
  const R = theta.shape[0];
  const free = tf.mul(theta, weights);
  const parts = layers.map((layer) => {
    const { columns, at } = layer;
    const size = heightOf(layer) * columns;
    const part = tf.reshape(tf.slice(free, [0, at], [R, size]), [R, -1, columns]);
    const norm = tf.sqrt(tf.sum(tf.square(part), 1, true));
    const share = tf.div(most, tf.maximum(norm, most));
    return tf.reshape(tf.mul(part, share), [R, size]);
  });
  return tf.add(tf.concat(parts, 1), tf.sub(theta, free));
}
