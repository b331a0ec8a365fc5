/** @file The optimizers in float64 plain loops; the formulas that every trainer follows. */
import { OPTIMIZERS, type OptimizerSettings } from '../../optimizers.ts';

/** Slots of zeros for P parameters, in the order of the registry. */
export function emptySlots(settings: OptimizerSettings, parameters: number): Float64Array[] {
  return OPTIMIZERS[settings.name].slots.map(() => new Float64Array(parameters));
}

/**
 * One update in place; `step` counts from 1. With gradient g and learning rate η:
 * SGD: w −= η·g.
 * Momentum, as in Keras: v = μ·v − η·g; w += v.
 * Adam (Kingma and Ba 2015, Algorithm 1): m = β₁m + (1 − β₁)g; v = β₂v + (1 − β₂)g²; w −= η·m̂ / (√v̂ + ε) with
 * m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ).
 */
export function update(
  settings: OptimizerSettings,
  w: Float64Array,
  g: Float64Array,
  slots: Float64Array[],
  step: number,
): void {
  const rate = settings.learningRate;
  switch (settings.name) {
    case 'sgd':
      g.forEach((gi, i) => (w[i]! -= rate * gi));
      return;
    case 'momentum': {
      const velocity = slots[0]!;
      g.forEach((gi, i) => {
        velocity[i] = settings.momentum * velocity[i]! - rate * gi;
        w[i]! += velocity[i];
      });
      return;
    }
    case 'adam': {
      const { beta1, beta2, epsilon } = settings;
      const m = slots[0]!;
      const v = slots[1]!;
      g.forEach((gi, i) => {
        m[i] = beta1 * m[i]! + (1 - beta1) * gi;
        v[i] = beta2 * v[i]! + (1 - beta2) * gi * gi;
        w[i]! -= (rate * (m[i] / (1 - beta1 ** step))) / (Math.sqrt(v[i] / (1 - beta2 ** step)) + epsilon);
      });
      return;
    }
    default:
      settings satisfies never;
  }
}
