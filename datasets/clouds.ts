/**
 * @file Two-dimensional classification: two equally likely classes, each a shape blurred by Gaussian noise, and labels
 * flipped with a given probability. A dataset says how a point of the shape is placed and what the blurred law is.
 */
import type { GeneratedDataset } from './contract.ts';
import { inverseNormal } from './special.ts';

export interface Cloud {
  id: string;
  label: string;
  about: string;
  short: string;
  domain: GeneratedDataset['domain'];
  /** How many uniform numbers a point of the shape is made from. */
  positions: 0 | 1 | 2;
  /** A point of the shape of class 0 or 1, before the blur, from numbers uniform on (0, 1). */
  place(label: number, u: number, v: number): readonly [number, number];
  /** Mean and variance of the points of both shapes together, before the blur. */
  mean: readonly [number, number];
  variance: readonly [number, number];
  /** P(class 1 | x, y) with blur σ ≥ 0 and no flipped labels; at σ = 0 the limit. */
  probability(x: number, y: number, sigma: number): number;
  suggested: GeneratedDataset['suggested'];
}

/** Less blur than this is none: its square would leave the range of numbers. */
const LEAST_BLUR = 1e-9;

export function cloud(shape: Cloud): GeneratedDataset {
  const { place, positions, mean, variance, probability, ...named } = shape;
  return {
    ...named,
    task: 'binary',
    kind: 'generated',
    features: 2,
    moments: ({ noise }) => ({ mean: [...mean], sd: variance.map((v) => Math.sqrt(v + noise * noise)) }),
    sample(n, random, { noise, labelNoise }) {
      const x = new Float64Array(2 * n);
      const y = new Float64Array(n);
      for (let i = 0; i < n; i++) {
        const label = random.uniform() < 0.5 ? 0 : 1;
        const u = positions > 0 ? random.uniform() : 0;
        const v = positions > 1 ? random.uniform() : 0;
        const [a, b] = place(label, u, v);
        x[2 * i] = a + noise * random.normal();
        x[2 * i + 1] = b + noise * random.normal();
        // Drawn even without label noise, so that turning it up flips labels and moves no point.
        y[i] = random.uniform() < labelNoise ? 1 - label : label;
      }
      return { x, y };
    },
    testPoints(n, { noise }) {
      const out = new Float64Array(2 * n);
      const steps = lowDiscrepancySteps(positions + 1);
      for (let i = 0; i < n; i++) {
        // Classes in turn: point k of the m points of its class.
        const label = i % 2;
        const k = Math.floor(i / 2);
        const m = Math.ceil((n - label) / 2);
        const at = (axis: number) => (axis === 0 ? (k + 0.5) / m : (0.5 + (k + 1) * steps[axis - 1]!) % 1);
        // The blur of the second class mirrors that of the first, so that what is odd in it cancels.
        const blur = label === 0 ? noise : -noise;
        const [a, b] = place(label, positions > 0 ? at(0) : 0, positions > 1 ? at(1) : 0);
        out[2 * i] = a + blur * inverseNormal(at(positions));
        out[2 * i + 1] = b + blur * inverseNormal(at(positions + 1));
      }
      return out;
    },
    truth(x, { noise, labelNoise }) {
      const p = probability(x[0]!, x[1]!, noise < LEAST_BLUR ? 0 : noise);
      return labelNoise + (1 - 2 * labelNoise) * p;
    },
  };
}

/**
 * Steps 1/φ, 1/φ², … of the additive low-discrepancy sequence of d dimensions, φ the root above 1 of φ^(d+1) = φ + 1
 * (Roberts, The unreasonable effectiveness of quasirandom sequences, 2018).
 */
function lowDiscrepancySteps(d: number): number[] {
  let phi = 2;
  for (let i = 0; i < 60; i++) phi = (1 + phi) ** (1 / (d + 1));
  return Array.from({ length: d }, (_, i) => phi ** -(i + 1));
}
