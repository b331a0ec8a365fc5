/** @file The activations in plain float64 arithmetic: value and slope, the reference for every trainer. */
import type { Activation } from '../experiment/experiment.ts';

export interface ActivationFunction {
  value(z: number): number;
  /** The derivative at z, where a = value(z). */
  slope(z: number, a: number): number;
}

/**
 * The error function to full float64 precision: erf x = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (2n+1)!!, all terms of one
 * sign (Abramowitz and Stegun 7.1.6); beyond 6 it is ±1 to the last bit.
 */
export function erf(x: number): number {
  if (!(Math.abs(x) < 6)) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

const Phi = (z: number) => 0.5 * (1 + erf(z / Math.SQRT2));
const phi = (z: number) => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

/** GELU is the exact z·Φ(z), as in Keras with approximate=False; ReLU has slope 0 at 0. */
export const ACTIVATION_FUNCTIONS: Readonly<Record<Activation, ActivationFunction>> = {
  tanh: { value: Math.tanh, slope: (_, a) => 1 - a * a },
  relu: { value: (z) => (z <= 0 ? 0 : z), slope: (z) => (z > 0 ? 1 : 0) },
  sigmoid: { value: (z) => 1 / (1 + Math.exp(-z)), slope: (_, a) => a * (1 - a) },
  gelu: { value: (z) => z * Phi(z), slope: (z) => Phi(z) + z * phi(z) },
  linear: { value: (z) => z, slope: () => 1 },
};
