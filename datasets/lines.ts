/** @file One-dimensional regression: a known function on an interval, inputs uniform on it, Gaussian noise on top. */
import type { GeneratedDataset } from './contract.ts';

interface Line {
  id: string;
  label: string;
  about: string;
  short: string;
  low: number;
  high: number;
  f: (x: number) => number;
  suggested: GeneratedDataset['suggested'];
}

/** y = f(x) + σz with x ~ U(low, high), z ~ N(0, 1); the test points are the midpoints of n equal cells. */
export function line({ id, label, about, short, low, high, f, suggested }: Line): GeneratedDataset {
  const width = high - low;
  return {
    id,
    label,
    about,
    short,
    suggested,
    task: 'regression',
    kind: 'generated',
    features: 1,
    domain: [[low, high]],
    moments: () => ({ mean: [(low + high) / 2], sd: [width / Math.sqrt(12)] }),
    sample(n, random, { noise }) {
      const x = new Float64Array(n);
      const y = new Float64Array(n);
      for (let i = 0; i < n; i++) {
        x[i] = low + width * random.uniform();
        y[i] = f(x[i]!) + noise * random.normal();
      }
      return { x, y };
    },
    testPoints: (n) => Float64Array.from({ length: n }, (_, i) => low + (width * (i + 0.5)) / n),
    truth: (x) => f(x[0]!),
  };
}
