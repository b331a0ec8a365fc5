/** @file The optimizers in float64 plain loops; the formulas that every trainer follows. */
import type { Experiment } from '../../experiment/experiment.ts';
import type { Layout } from '../../model/network.ts';
import { OPTIMIZERS, type OptimizerSettings } from '../../training/optimizers.ts';

/** Slots of zeros for P parameters, in the order of the registry. */
export function emptySlots(settings: OptimizerSettings, parameters: number): Float64Array[] {
  return OPTIMIZERS[settings.name].slots.map(() => new Float64Array(parameters));
}

/** λ of w −= η·λ·w over the weights, biases left out. */
export function decoupledDecay({ optimizer, weightDecay }: Experiment['training']): number {
  return optimizer.name === 'adamw' ? optimizer.weightDecay : weightDecay;
}

/** What Nadam's momentum is at step t, counted from 1 (Dozat 2016, as PyTorch has it): β₁·(1 − ½·0.96^(0.004·t)). */
const nadamMomentum = (beta1: number, t: number) => beta1 * (1 - 0.5 * 0.96 ** (0.004 * t));

/** Nadam's μₜ, μₜ₊₁ and the products of all momenta up to them. */
export function nadamMomenta(beta1: number, step: number) {
  let product = 1;
  for (let t = 1; t <= step; t++) product *= nadamMomentum(beta1, t);
  const [now, next] = [nadamMomentum(beta1, step), nadamMomentum(beta1, step + 1)];
  return { now, next, product, nextProduct: product * next };
}

/**
 * One update in place with learning rate η and gradient g; `step` t counts from 1.
 * SGD: w −= η·g.
 * Momentum, as in Keras: v = μ·v − η·g; w += v. Nesterov, likewise: w += μ·v − η·g with the new v.
 * The rest as in PyTorch: RMSProp (Hinton 2012): s = ρs + (1 − ρ)g²; w −= η·g / (√s + ε); centred (Graves 2013), with
 * m = ρm + (1 − ρ)g, under the root s − m².
 * Adagrad (Duchi et al. 2011): s += g²; w −= η·g / (√s + ε).
 * Adadelta (Zeiler 2012): s = ρs + (1 − ρ)g²; d = √(u + ε) / √(s + ε)·g; u = ρu + (1 − ρ)d²; w −= η·d.
 * Adam (Kingma and Ba 2015, Algorithm 1): m = β₁m + (1 − β₁)g; v = β₂v + (1 − β₂)g²; w −= η·m̂ / (√v̂ + ε) with
 * m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ). AdamW (Loshchilov and Hutter 2019): the same after the weights' own decay.
 * Nadam (Dozat 2016): with momenta μₜ and their products Πₜ, m̂ = μₜ₊₁·m / (1 − Πₜ₊₁) + (1 − μₜ)·g / (1 − Πₜ).
 * Lion (Chen et al. 2023): w −= η·sign(β₁m + (1 − β₁)g); m = β₂m + (1 − β₂)g.
 */
export function update(
  settings: OptimizerSettings,
  rate: number,
  w: Float64Array,
  g: Float64Array,
  slots: Float64Array[],
  step: number,
): void {
  const [first, second] = slots;
  /** A slot's moving mean after one more value. */
  const mean = (slot: Float64Array, i: number, share: number, value: number) =>
    (slot[i] = share * slot[i]! + (1 - share) * value);
  switch (settings.name) {
    case 'sgd':
      g.forEach((gi, i) => (w[i]! -= rate * gi));
      return;
    case 'momentum':
    case 'nesterov': {
      const { momentum, name } = settings;
      g.forEach((gi, i) => {
        const velocity = (first![i] = momentum * first![i]! - rate * gi);
        w[i]! += name === 'nesterov' ? momentum * velocity - rate * gi : velocity;
      });
      return;
    }
    case 'rmsprop':
    case 'centred-rmsprop': {
      const { rho, epsilon, name } = settings;
      g.forEach((gi, i) => {
        const square = mean(first!, i, rho, gi * gi);
        const centre = name === 'centred-rmsprop' ? mean(second!, i, rho, gi) : 0;
        // Not below zero by rounding.
        w[i]! -= (rate * gi) / (Math.sqrt(Math.max(square - centre * centre, 0)) + epsilon);
      });
      return;
    }
    case 'adagrad':
      g.forEach((gi, i) => {
        const sum = (first![i]! += gi * gi);
        w[i]! -= (rate * gi) / (Math.sqrt(sum) + settings.epsilon);
      });
      return;
    case 'adadelta': {
      const { rho, epsilon } = settings;
      g.forEach((gi, i) => {
        const square = mean(first!, i, rho, gi * gi);
        const delta = (Math.sqrt(second![i]! + epsilon) / Math.sqrt(square + epsilon)) * gi;
        mean(second!, i, rho, delta * delta);
        w[i]! -= rate * delta;
      });
      return;
    }
    case 'adam':
    case 'adamw': {
      const { beta1, beta2, epsilon } = settings;
      g.forEach((gi, i) => {
        const m = mean(first!, i, beta1, gi) / (1 - beta1 ** step);
        const v = mean(second!, i, beta2, gi * gi) / (1 - beta2 ** step);
        w[i]! -= (rate * m) / (Math.sqrt(v) + epsilon);
      });
      return;
    }
    case 'nadam': {
      const { beta1, beta2, epsilon } = settings;
      const { now, next, product, nextProduct } = nadamMomenta(beta1, step);
      g.forEach((gi, i) => {
        const m = mean(first!, i, beta1, gi);
        const v = mean(second!, i, beta2, gi * gi) / (1 - beta2 ** step);
        const ahead = (next * m) / (1 - nextProduct) + ((1 - now) * gi) / (1 - product);
        w[i]! -= (rate * ahead) / (Math.sqrt(v) + epsilon);
      });
      return;
    }
    case 'lion': {
      const { beta1, beta2 } = settings;
      g.forEach((gi, i) => {
        w[i]! -= rate * Math.sign(beta1 * first![i]! + (1 - beta1) * gi);
        mean(first!, i, beta2, gi);
      });
      return;
    }
    default:
      settings satisfies never;
  }
}

/** Clips a gradient `[P]` in place: each number to ±value first, then its length to norm; 0 sets no limit. */
export function clip(g: Float64Array, { clipValue, clipNorm }: Experiment['training']): void {
  if (clipValue > 0) g.forEach((gi, i) => (g[i] = Math.max(-clipValue, Math.min(clipValue, gi))));
  if (clipNorm === 0) return;
  const norm = Math.sqrt(g.reduce((sum, gi) => sum + gi * gi, 0));
  if (norm > clipNorm) g.forEach((gi, i) => (g[i] = (gi * clipNorm) / norm));
}

/** Takes the share λη of decoupled decay from the weights, biases left out (Loshchilov and Hutter 2019). */
export function decay({ layers }: Layout, w: Float64Array, share: number): void {
  for (const { weights, biases } of layers) for (let i = weights; i < biases; i++) w[i]! -= share * w[i]!;
}

/** Shortens the incoming weights of every unit, biases left out, to at most this length (Srivastava et al. 2014). */
export function limitNorms({ layers }: Layout, w: Float64Array, most: number): void {
  for (const { inputs, outputs, weights } of layers) {
    for (let j = 0; j < outputs; j++) {
      const at = (i: number) => weights + i * outputs + j;
      let square = 0;
      for (let i = 0; i < inputs; i++) square += w[at(i)]! ** 2;
      const norm = Math.sqrt(square);
      if (norm > most) for (let i = 0; i < inputs; i++) w[at(i)]! *= most / norm;
    }
  }
}
