/** @file How much the gradient of one point differs from that of all: in float64 plain loops, from the weights of an epoch. */
import { ACTIVATION_FUNCTIONS } from './activations.ts';
import { affine } from './network.ts';
import { objectiveMath, targetVector, type ObjectiveMath } from './objectives.ts';
import type { Job } from './trainer.ts';

export interface GradientNoise {
  /** tr Σ: the variance of the gradient of a single training point, summed over the parameters (n − 1). */
  variance: number;
  /** |G|², without bias: the squared length of the mean gradient, less what noise adds to it. */
  square: number;
}

/**
 * Of one replica with weights `[P]` on its training set, penalties and disturbances left out. The simple noise scale of
 * McCandlish et al. 2018 (arXiv 1812.06162) is variance / square: the batch at which noise and gradient are alike. With
 * one training point there is no variance: NaN.
 */
export function gradientNoise(job: Job, replica: number, weights: ArrayLike<number>): GradientNoise {
  const { layout, replicas, experiment } = job;
  const { size, x, y } = replicas.train;
  const D = replicas.features;
  const theta = Float64Array.from(weights);
  const mean = new Float64Array(layout.parameters);
  const math = objectiveMath(experiment);
  let squares = 0;
  for (let i = 0; i < size; i++) {
    const row = replica * size + i;
    squares += addGradient(job, theta, math, x.subarray(row * D, (row + 1) * D), y[row]!, mean);
  }
  const whole = mean.reduce((sum, g) => sum + (g / size) ** 2, 0);
  const variance = (squares - size * whole) / (size - 1);
  return { variance, square: whole - variance / size };
}

/** Adds the gradient of one point to `into`; returns its squared length. */
function addGradient(
  { layout }: Job,
  theta: Float64Array,
  math: ObjectiveMath,
  x: ArrayLike<number>,
  y: number,
  into: Float64Array,
): number {
  const { layers, outputs: K } = layout;
  const z: Float64Array[] = [];
  const a: ArrayLike<number>[] = [x];
  for (const layer of layers) {
    const sums = affine(layer, theta, a.at(-1)!, 1);
    z.push(sums);
    a.push(layer.activation === 'linear' ? sums : sums.map(ACTIVATION_FUNCTIONS[layer.activation].value));
  }
  let dz = new Float64Array(K);
  math.gradient(z.at(-1)!, 0, targetVector(y, K), 0, K, dz, 0);
  let square = 0;
  for (let l = layers.length - 1; l >= 0; l--) {
    const { inputs, outputs, weights, biases } = layers[l]!;
    const below = new Float64Array(inputs);
    for (let j = 0; j < outputs; j++) {
      const d = dz[j]!;
      into[biases + j]! += d;
      square += d * d;
      for (let i = 0; i < inputs; i++) {
        const at = weights + i * outputs + j;
        const g = a[l]![i]! * d;
        into[at]! += g;
        square += g * g;
        below[i]! += theta[at]! * d;
      }
    }
    const activation = layers[l - 1]?.activation;
    if (!activation) break;
    const { slope } = ACTIVATION_FUNCTIONS[activation];
    dz = below.map((d, i) => d * slope(z[l - 1]![i]!, a[l]![i]!));
  }
  return square;
}
