/** @file The activations: one registry of words and of plain float64 arithmetic, the reference for every trainer. */

export interface ActivationEntry {
  label: string;
  help: string;
  value(z: number): number;
  /** The derivative at z, where a = value(z). */
  slope(z: number, a: number): number;
  /** The law of the initial weights before it, where they are drawn by activation: He's is made for what cuts off one side. */
  initializer: 'glorot' | 'he';
  /** Its name in Keras. */
  keras: string;
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

export const ACTIVATIONS = {
  tanh: {
    label: 'tanh',
    help: 'S-shaped, from −1 to 1.',
    value: Math.tanh,
    slope: (_, a) => 1 - a * a,
    initializer: 'glorot',
    keras: 'tanh',
  },
  relu: {
    label: 'ReLU',
    help: 'Cuts off what is below 0; its slope at 0 is 0.',
    value: (z) => (z <= 0 ? 0 : z),
    slope: (z) => (z > 0 ? 1 : 0),
    initializer: 'he',
    keras: 'relu',
  },
  sigmoid: {
    label: 'sigmoid',
    help: 'S-shaped, from 0 to 1.',
    value: (z) => 1 / (1 + Math.exp(-z)),
    slope: (_, a) => a * (1 - a),
    initializer: 'glorot',
    keras: 'sigmoid',
  },
  gelu: {
    label: 'GELU',
    help: 'z·Φ(z): a smooth ReLU.',
    value: (z) => z * Phi(z),
    slope: (z) => Phi(z) + z * phi(z),
    initializer: 'he',
    // The exact z·Φ(z), as with approximate=False; `gelu_new` of TensorFlow.js is the tanh approximation.
    keras: 'gelu',
  },
  linear: {
    label: 'linear',
    help: 'Passes the sum on as it is.',
    value: (z) => z,
    slope: () => 1,
    initializer: 'glorot',
    keras: 'linear',
  },
} as const satisfies Record<string, ActivationEntry>;

export type Activation = keyof typeof ACTIVATIONS;
export const ACTIVATION_NAMES = Object.keys(ACTIVATIONS) as Activation[];
