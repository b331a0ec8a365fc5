/** @file The gradients of the objectives at the last linear outputs; formulas as in engine/model/objectives.ts. */
import * as tf from '@tensorflow/tfjs-core';
import type { Experiment } from '../../experiment/experiment.ts';

/** Keeps a logarithm finite where a probability rounds to 1. */
const LEAST = 1e-30;

/**
 * ∂loss/∂z `[R, B, K′]` from the outputs z and the targets y, smoothed already, both `[R, B, K′]`; on padded outputs and
 * rows it may be anything finite. `absent` is −10⁹ on padded outputs.
 */
export function slopeOps(
  { objective, loss }: Pick<Experiment, 'objective' | 'loss'>,
  z: tf.Tensor,
  y: tf.Tensor,
  absent: tf.Tensor,
): tf.Tensor {
  const { huberDelta, focalGamma: gamma } = loss;
  switch (objective) {
    case 'squared-error':
      return tf.mul(tf.sub(z, y), 2);
    case 'huber': {
      // Not clipByValue: on some backends it turns NaN into a limit.
      const d = tf.sub(z, y);
      return tf.minimum(tf.maximum(d, -huberDelta), huberDelta);
    }
    case 'absolute-error':
      return tf.sign(tf.sub(z, y));
    case 'binary-cross-entropy':
      return gamma === 0 ? tf.sub(tf.sigmoid(z), y) : binaryFocal(z, y, gamma);
    case 'softmax-cross-entropy': {
      const p = tf.softmax(tf.add(z, absent));
      return gamma === 0 ? tf.sub(p, y) : softmaxFocal(p, y, gamma);
    }
    default:
      return objective satisfies never;
  }
}

/** g = γ·p·(1 − p)^(γ − 1)·l − (1 − p)^γ from p, l = ln p and ln(1 − p). */
function focalSlope(gamma: number, p: tf.Tensor, log: tf.Tensor, far: tf.Tensor): tf.Tensor {
  const steep = tf.mul(tf.mul(tf.exp(tf.mul(far, gamma - 1)), gamma), tf.mul(p, log));
  return tf.sub(steep, tf.exp(tf.mul(far, gamma)));
}

function binaryFocal(z: tf.Tensor, t: tf.Tensor, gamma: number): tf.Tensor {
  const logSigmoid = (x: tf.Tensor) => tf.sub(tf.minimum(x, 0), tf.log1p(tf.exp(tf.neg(tf.abs(x)))));
  const [one, zero] = [logSigmoid(z), logSigmoid(tf.neg(z))];
  const [p, q] = [tf.exp(one), tf.exp(zero)];
  const ofOne = tf.mul(tf.mul(t, q), focalSlope(gamma, p, one, zero));
  return tf.sub(ofOne, tf.mul(tf.mul(tf.sub(1, t), p), focalSlope(gamma, q, zero, one)));
}

function softmaxFocal(p: tf.Tensor, t: tf.Tensor, gamma: number): tf.Tensor {
  const log = tf.log(tf.maximum(p, LEAST));
  const far = tf.log(tf.maximum(tf.sub(1, p), LEAST));
  const g = tf.mul(t, focalSlope(gamma, p, log, far));
  return tf.sub(g, tf.mul(p, tf.sum(g, -1, true)));
}
