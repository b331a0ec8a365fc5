/**
 * @file Dropout factors and input noise of one step, drawn by training/disturbance.ts, as tensors over all replicas.
 */
import * as tf from '@tensorflow/tfjs-core';
import { dropoutFactors, dropsOut, inputNoise } from '../../training/disturbance.ts';
import type { Job } from '../trainer.ts';
import type { PaddedLayout } from './padding.ts';

/** The points of one step: `real` of them from place `from` on in the epoch's order, on `rows` padded rows. */
export interface Places {
  epoch: number;
  from: number;
  real: number;
  rows: number;
}

/** Noise `[R, rows, width]` on the inputs, none on their constant 1; null where there is none. */
export function noiseFor({ experiment, replicas }: Job, width: number, places: Places): tf.Tensor3D | null {
  const sd = experiment.training.inputNoise;
  if (sd === 0) return null;
  const { epoch, from, real, rows } = places;
  const { count: R, features: D } = replicas;
  const values = new Float32Array(R * rows * width);
  for (let r = 0; r < R; r++) {
    const noise = inputNoise(experiment, D, r, epoch, from, real);
    noise.forEach((z, i) => (values[(r * rows + Math.floor(i / D)) * width + (i % D)] = sd * z));
  }
  return tf.tensor3d(values, [R, rows, width]);
}

/** For each hidden layer the factors `[R, rows, columns]` on its values, 1 beyond its units; null without dropout. */
export function factorsFor(
  { experiment, layout, replicas }: Job,
  { layers }: PaddedLayout,
  { epoch, from, real, rows }: Places,
): tf.Tensor3D[] | null {
  if (!dropsOut(experiment)) return null;
  const R = replicas.count;
  const all = layers.slice(0, -1).map(({ columns }) => new Float32Array(R * rows * columns).fill(1));
  for (let r = 0; r < R; r++) {
    dropoutFactors(experiment, layout, r, epoch, from, real).forEach((factors, l) => {
      const { outputs, columns } = layers[l]!;
      for (let p = 0; p < real; p++)
        all[l]!.set(factors.subarray(p * outputs, (p + 1) * outputs), (r * rows + p) * columns);
    });
  }
  return all.map((values, l) => tf.tensor3d(values, [R, rows, layers[l]!.columns]));
}
