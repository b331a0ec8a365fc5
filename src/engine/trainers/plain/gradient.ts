/** @file Loss and gradient of one network in float64 plain loops: backpropagation as the textbook has it. */
import { ACTIVATION_FUNCTIONS } from '../../activations.ts';
import type { Experiment } from '../../experiment.ts';
import { affine, type Layout } from '../../network.ts';
import { OBJECTIVE_MATH, targetVector } from '../../objectives.ts';

/** Mean loss over n points (x `[n, D]`, y `[n]`) plus λ·Σw² over the weights, and its gradient `[P]`. */
export function lossAndGradient(
  layout: Layout,
  { objective, training }: Pick<Experiment, 'objective' | 'training'>,
  theta: Float64Array,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
): { loss: number; gradient: Float64Array } {
  const { layers, outputs: K } = layout;
  const n = y.length;
  const z: Float64Array[] = [];
  const a: ArrayLike<number>[] = [x];
  for (const layer of layers) {
    const sums = affine(layer, theta, a.at(-1)!, n);
    z.push(sums);
    a.push(sums.map(ACTIVATION_FUNCTIONS[layer.activation].value));
  }

  const math = OBJECTIVE_MATH[objective];
  const last = z.at(-1)!;
  const predicted = new Float64Array(n * K);
  let loss = 0;
  let dz = new Float64Array(n * K);
  for (let p = 0; p < n; p++) {
    const target = targetVector(y[p]!, K);
    loss += math.loss(last, p * K, target, 0, K) / n;
    math.predict(last, p * K, K, predicted, p * K);
    for (let k = 0; k < K; k++) dz[p * K + k] = (math.factor / n) * (predicted[p * K + k]! - target[k]!);
  }

  const gradient = new Float64Array(layout.parameters);
  for (let l = layers.length - 1; l >= 0; l--) {
    const { inputs, outputs, weights, biases } = layers[l]!;
    const below = layers[l - 1];
    const dBelow = new Float64Array(n * inputs);
    for (let p = 0; p < n; p++) {
      for (let j = 0; j < outputs; j++) {
        const d = dz[p * outputs + j]!;
        gradient[biases + j]! += d;
        for (let i = 0; i < inputs; i++) {
          gradient[weights + i * outputs + j]! += a[l]![p * inputs + i]! * d;
          dBelow[p * inputs + i]! += theta[weights + i * outputs + j]! * d;
        }
      }
    }
    if (below) {
      const { slope } = ACTIVATION_FUNCTIONS[below.activation];
      dz = dBelow.map((d, i) => d * slope(z[l - 1]![i]!, a[l]![i]!));
    }
    for (let w = weights; w < biases; w++) {
      loss += training.l2 * theta[w]! ** 2;
      gradient[w]! += 2 * training.l2 * theta[w]!;
    }
  }
  return { loss, gradient };
}
