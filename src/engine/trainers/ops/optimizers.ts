/** @file The optimizers as tensor operations on all parameters at once; the formulas of trainers/plain/optimizer.ts, coded anew. */
import * as tf from '@tensorflow/tfjs-core';
import type { OptimizerSettings } from '../../training/optimizers.ts';

export interface Updated {
  theta: tf.Tensor;
  slots: tf.Tensor[];
}

/** A moving mean after one more value. */
const moved = (mean: tf.Tensor, share: number, value: tf.Tensor) =>
  tf.add(tf.mul(mean, share), tf.mul(value, 1 - share));

/** Dozat 2016, as PyTorch has it. */
const nadamMomentum = (beta1: number, t: number) => beta1 * (1 - 0.5 * 0.96 ** (0.004 * t));

/** Parameters, gradient and slots are `[R, P′]`, the learning rate is a number or `[R, 1]`; `step` counts from 1. */
export function updateOps(
  settings: OptimizerSettings,
  rate: tf.Tensor | number,
  theta: tf.Tensor,
  g: tf.Tensor,
  slots: tf.Tensor[],
  step: number,
): Updated {
  const [first, second] = slots as [tf.Tensor, tf.Tensor];
  const less = (direction: tf.Tensor) => tf.sub(theta, tf.mul(direction, rate));
  switch (settings.name) {
    case 'sgd':
      return { theta: less(g), slots: [] };
    case 'momentum':
    case 'nesterov': {
      const { name, momentum } = settings;
      const ahead = tf.mul(g, rate);
      const velocity = tf.sub(tf.mul(first, momentum), ahead);
      const by = name === 'nesterov' ? tf.sub(tf.mul(velocity, momentum), ahead) : velocity;
      return { theta: tf.add(theta, by), slots: [velocity] };
    }
    case 'rmsprop': {
      const square = moved(first, settings.rho, tf.square(g));
      return { theta: less(tf.div(g, tf.add(tf.sqrt(square), settings.epsilon))), slots: [square] };
    }
    case 'centred-rmsprop': {
      const square = moved(first, settings.rho, tf.square(g));
      const mean = moved(second, settings.rho, g);
      const spread = tf.relu(tf.sub(square, tf.square(mean)));
      return { theta: less(tf.div(g, tf.add(tf.sqrt(spread), settings.epsilon))), slots: [square, mean] };
    }
    case 'adagrad': {
      const sum = tf.add(first, tf.square(g));
      return { theta: less(tf.div(g, tf.add(tf.sqrt(sum), settings.epsilon))), slots: [sum] };
    }
    case 'adadelta': {
      const { rho, epsilon } = settings;
      const square = moved(first, rho, tf.square(g));
      const delta = tf.mul(tf.sqrt(tf.div(tf.add(second, epsilon), tf.add(square, epsilon))), g);
      return { theta: less(delta), slots: [square, moved(second, rho, tf.square(delta))] };
    }
    case 'adam':
    case 'adamw': {
      const { beta1, beta2, epsilon } = settings;
      const m = moved(first, beta1, g);
      const v = moved(second, beta2, tf.square(g));
      // m̂ / (√v̂ + ε) with both bias corrections drawn into two numbers.
      const root = Math.sqrt(1 - beta2 ** step);
      const scaled = tf.mul(m, root / (1 - beta1 ** step));
      return { theta: less(tf.div(scaled, tf.add(tf.sqrt(v), epsilon * root))), slots: [m, v] };
    }
    case 'nadam': {
      const { beta1, beta2, epsilon } = settings;
      const now = nadamMomentum(beta1, step);
      const next = nadamMomentum(beta1, step + 1);
      const product = Array.from({ length: step }, (_, i) => nadamMomentum(beta1, i + 1)).reduce((a, b) => a * b);
      const m = moved(first, beta1, g);
      const v = moved(second, beta2, tf.square(g));
      const root = Math.sqrt(1 - beta2 ** step);
      const ahead = tf.add(
        tf.mul(m, (root * next) / (1 - product * next)),
        tf.mul(g, (root * (1 - now)) / (1 - product)),
      );
      return { theta: less(tf.div(ahead, tf.add(tf.sqrt(v), epsilon * root))), slots: [m, v] };
    }
    case 'lion': {
      const { beta1, beta2 } = settings;
      return { theta: less(tf.sign(moved(first, beta1, g))), slots: [moved(first, beta2, g)] };
    }
    default:
      return settings satisfies never;
  }
}
