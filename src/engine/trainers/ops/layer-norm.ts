/** @file Layer normalisation as tensor operations; formulas as in engine/model/layer-norm.ts. */
import * as tf from '@tensorflow/tfjs-core';
import { NORM_EPSILON } from '../../model/layer-norm.ts';

/** What a normalised layer multiplies and adds, both `[R, 1, columns]`, zero beyond its H units. */
export interface Norm {
  gains: tf.Tensor;
  shifts: tf.Tensor;
}

export interface NormalisedOps {
  /** `[R, n, columns]`: gain ⊙ ẑ + shift. */
  sums: tf.Tensor;
  /** `[R, n, columns]`: ẑ. */
  standard: tf.Tensor;
  /** `[R, n, 1]`: 1 / √(var z + ε). */
  scale: tf.Tensor;
}

const meanOver = (t: tf.Tensor, H: number) => tf.div(tf.sum(t, -1, true), H);

/** Of the sums `[R, n, columns]` of a layer of H units; `units` `[1, 1, columns]` is 1 on those and 0 beyond. */
export function normaliseOps({ gains, shifts }: Norm, H: number, units: tf.Tensor, z: tf.Tensor): NormalisedOps {
  const centred = tf.mul(tf.sub(z, meanOver(z, H)), units);
  const scale = tf.rsqrt(tf.add(meanOver(tf.square(centred), H), NORM_EPSILON));
  const standard = tf.mul(centred, scale);
  return { sums: tf.add(tf.mul(standard, gains), shifts), standard, scale };
}

/**
 * From `d`, the gradient by the normalised sums: that by the layer's own sums, `[R, n, columns]`, and those by gains and
 * shifts, `[R, columns]`. Beyond the units all three may be anything finite.
 */
export function normaliseBackOps(
  { gains }: Norm,
  H: number,
  { standard, scale }: NormalisedOps,
  d: tf.Tensor,
): { dz: tf.Tensor; gains: tf.Tensor; shifts: tf.Tensor } {
  const v = tf.mul(d, gains);
  const along = tf.mul(standard, meanOver(tf.mul(v, standard), H));
  return {
    dz: tf.mul(tf.sub(tf.sub(v, meanOver(v, H)), along), scale),
    gains: tf.sum(tf.mul(d, standard), 1),
    shifts: tf.sum(d, 1),
  };
}
