/**
 * @file Loss and gradient of one network in float64 plain loops: backpropagation as the textbook has it. The formulas it
 * imports are those of maps and metrics; no other trainer computes with them, and dual.testing.ts has them once more.
 */
import { ACTIVATIONS } from '../../model/activations.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { normalise, normaliseBack, type Normalised } from '../../model/layer-norm.ts';
import { affine, type Layout } from '../../model/network.ts';
import { objectiveMath, targetVector } from '../../model/objectives.ts';

/** A minibatch of n points. */
export interface Points {
  /** `[n, D]` */
  x: ArrayLike<number>;
  /** `[n]` */
  y: ArrayLike<number>;
  /** `[n]`: factors on the points' losses. */
  weights?: ArrayLike<number> | undefined;
  /** For each hidden layer `[n, units]`: factors on the units' values. */
  factors?: ArrayLike<number>[] | undefined;
}

/**
 * Mean loss over the points plus λ₁·Σ|w| + λ₂·Σw² over the weights (not biases, gains and shifts), and its gradient
 * `[P]`, not yet clipped; |w| has no slope at 0. `magnified` is the product over the normalised layers of the
 * largest 1/√(var z + ε), where it is above 1: what rounding in the sums of such a layer is multiplied by on the way back.
 */
export function lossAndGradient(
  layout: Layout,
  { objective, loss: settings, training }: Pick<Experiment, 'objective' | 'loss' | 'training'>,
  theta: Float64Array,
  { x, y, weights: shares, factors }: Points,
): { loss: number; gradient: Float64Array; magnified: number } {
  const { layers, outputs: K } = layout;
  const n = y.length;
  const z: Float64Array[] = [];
  /** Values of the units before and after the factors. */
  const values: Float64Array[] = [];
  const a: ArrayLike<number>[] = [x];
  const normed: (Normalised | null)[] = [];
  layers.forEach((layer, l) => {
    const own = affine(layer, theta, a.at(-1)!, n);
    normed.push(layer.gains === null ? null : normalise(layer.gains, layer.outputs, theta, own));
    const sums = normed[l]?.sums ?? own;
    z.push(sums);
    values.push(sums.map(ACTIVATIONS[layer.activation].value));
    a.push(times(values[l]!, factors?.[l]));
  });

  const math = objectiveMath({ objective, loss: settings });
  const last = z.at(-1)!;
  let loss = 0;
  let dz = new Float64Array(n * K);
  for (let p = 0; p < n; p++) {
    const target = targetVector(y[p]!, K);
    const share = (shares ? shares[p]! : 1) / n;
    loss += math.loss(last, p * K, target, 0, K) * share;
    math.gradient(last, p * K, target, 0, K, dz, p * K);
    for (let k = 0; k < K; k++) dz[p * K + k]! *= share;
  }

  const gradient = new Float64Array(layout.parameters);
  for (let l = layers.length - 1; l >= 0; l--) {
    const { inputs, outputs, weights, biases, gains } = layers[l]!;
    if (gains !== null) normaliseBack(gains, outputs, theta, normed[l]!, dz, gradient);
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
      const { slope } = ACTIVATIONS[below.activation];
      dz = times(dBelow, factors?.[l - 1]).map((d, i) => d * slope(z[l - 1]![i]!, values[l - 1]![i]!));
    }
    for (let w = weights; w < biases; w++) {
      loss += training.l1 * Math.abs(theta[w]!) + training.l2 * theta[w]! ** 2;
      gradient[w]! += training.l1 * Math.sign(theta[w]!) + 2 * training.l2 * theta[w]!;
    }
  }
  const magnified = normed.reduce((product, one) => product * Math.max(1, ...(one?.scale ?? [])), 1);
  return { loss, gradient, magnified };
}

function times(values: Float64Array, factors: ArrayLike<number> | undefined): Float64Array<ArrayBuffer> {
  return values.map((value, i) => (factors ? value * factors[i]! : value));
}
