/**
 * @file Two-dimensional classification: two equally likely classes, each a shape blurred by Gaussian noise, and labels
 * flipped with a given probability. A dataset says how a point of the shape is placed and what the blurred law is.
 */
import type { GeneratedDataset } from './contract.ts';
import { blurOf, mirroredPoints, representativePoints, type CloudShape } from './cloud-points.ts';

export interface Cloud extends CloudShape {
  id: string;
  label: string;
  about: string;
  short: string;
  domain: GeneratedDataset['domain'];
  /** Mean and variance of the points of both shapes together, before the blur. */
  mean: readonly [number, number];
  variance: readonly [number, number];
  suggested: GeneratedDataset['suggested'];
}

export function cloud(shape: Cloud): GeneratedDataset {
  const { place, positions, mean, variance, probability, ...named } = shape;
  const representative = representativePoints(shape);
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
    testPoints: (n, { noise }, design = 'sobol') =>
      design === 'mirrored' ? mirroredPoints(shape, n, noise) : representative(n, noise),
    truth(x, { noise, labelNoise }) {
      const p = probability(x[0]!, x[1]!, blurOf(noise));
      return labelNoise + (1 - 2 * labelNoise) * p;
    },
  };
}
