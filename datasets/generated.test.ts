/** @file Every generated dataset against its own samples: law, moments, test points, limits. */
import { describe, expect, it } from 'vitest';
import { withDefaults } from '../src/engine/experiment/defaults.ts';
import { DEFAULT_EXPERIMENT, type Experiment } from '../src/engine/experiment/experiment.ts';
import { suited } from '../src/engine/experiment/tree.ts';
import { stream } from '../src/engine/random.ts';
import type { GeneratedDataset, GeneratorSettings } from './contract.ts';
import { DATASETS } from './index.ts';

const generated = DATASETS.filter((d): d is GeneratedDataset => d.kind === 'generated');
const lines = generated.filter((d) => d.features === 1).map((d) => [d.id, d] as const);
const clouds = generated.filter((d) => d.features === 2).map((d) => [d.id, d] as const);
const suggestedSettings = (d: GeneratedDataset) => (suited(d.suggested, DEFAULT_EXPERIMENT) as Experiment).data;
const mean = (xs: ArrayLike<number>) => Array.from(xs).reduce((a, b) => a + b, 0) / xs.length;

it('offers four functions and five shapes', () => {
  expect(lines.map(([id]) => id).sort()).toEqual(['chirp', 'cubic', 'sine', 'step']);
  expect(clouds.map(([id]) => id).sort()).toEqual(['circles', 'gaussians', 'moons', 'spirals', 'xor']);
});

describe.each(generated.map((d) => [d.id, d] as const))('%s', (id, d) => {
  const settings = suggestedSettings(d);

  it('suggests settings an experiment accepts', () => {
    expect(withDefaults({ data: { source: id } })).toMatchObject({ ok: true });
  });

  it('has the mean and spread it claims, also without noise', () => {
    const n = 40_000;
    for (const noise of [settings.noise, 0]) {
      const { x } = d.sample(n, stream(2, 'train', 0, 0), { noise, labelNoise: 0 });
      const claimed = d.moments({ noise, labelNoise: 0 });
      for (let k = 0; k < d.features; k++) {
        const column = x.filter((_, i) => i % d.features === k);
        const m = mean(column);
        const sd = Math.sqrt(mean(column.map((v) => (v - m) ** 2)));
        // Four standard errors: sd/√n for the mean; no more than sd·√(2/n) for the sd, as no shape has heavier tails than a Gaussian.
        expect(Math.abs(m - claimed.mean[k]!)).toBeLessThan((4 * sd) / Math.sqrt(n));
        expect(Math.abs(sd - claimed.sd[k]!)).toBeLessThan(4 * sd * Math.sqrt(2 / n));
      }
    }
  });

  it('draws nearly all inputs inside the box it shows', () => {
    const { x } = d.sample(20_000, stream(3, 'train', 0, 0), settings);
    const inside = Array.from({ length: 20_000 }, (_, i) =>
      d.domain.every(([low, high], k) => low <= x[i * d.features + k]! && x[i * d.features + k]! <= high),
    );
    expect(inside.filter(Boolean).length / 20_000).toBeGreaterThan(0.98);
  });

  it('keeps its first points when more are asked for', () => {
    const few = d.sample(10, stream(4, 'train', 0, 0), settings);
    const many = d.sample(50, stream(4, 'train', 0, 0), settings);
    expect([...many.x.subarray(0, 10 * d.features)]).toEqual([...few.x]);
    expect([...many.y.subarray(0, 10)]).toEqual([...few.y]);
  });

  it('has test points that stand for its inputs: averages over 256 of them are those over 40,000 drawn points', () => {
    const points = d.testPoints(256, settings);
    const drawn = d.sample(40_000, stream(5, 'train', 0, 0), settings).x;
    const at = (all: Float64Array, i: number) => d.truth(all.subarray(i * d.features, (i + 1) * d.features), settings);
    for (const f of [(t: number) => t, (t: number) => t * t]) {
      const grid = mean(Array.from({ length: 256 }, (_, i) => f(at(points, i))));
      const law = mean(Array.from({ length: 40_000 }, (_, i) => f(at(drawn, i))));
      // Four standard errors of the drawn average are at most 4 · 0.5/√40,000 = 0.01; those of 256 drawn test points 0.12.
      expect(Math.abs(grid - law)).toBeLessThan(0.01);
    }
  });
});

describe.each(lines)('%s', (_, d) => {
  it('is its truth plus noise of the size asked for', () => {
    const n = 50_000;
    const { x, y } = d.sample(n, stream(6, 'train', 0, 0), { noise: 0.3, labelNoise: 0 });
    const residuals = y.map((v, i) => v - d.truth([x[i]!], { noise: 0.3, labelNoise: 0 }));
    expect(Math.abs(mean(residuals))).toBeLessThan((4 * 0.3) / Math.sqrt(n));
    expect(Math.abs(Math.sqrt(mean(residuals.map((r) => r * r))) - 0.3)).toBeLessThan((4 * 0.3) / Math.sqrt(2 * n));
  });

  it('has an even grid of midpoints', () => {
    const [low, high] = d.domain[0]!;
    const grid = d.testPoints(4, { noise: 0, labelNoise: 0 });
    grid.forEach((x, i) => expect(x).toBeCloseTo(low + ((high - low) * (2 * i + 1)) / 8, 14));
  });
});

/** χ² over a grid of cells of labels against claimed probabilities, and its degrees of freedom: an exact law gives about one a cell. */
function calibration(d: GeneratedDataset, settings: GeneratorSettings): number {
  const n = 40_000;
  const { x, y } = d.sample(n, stream(8, 'train', 0, 0), settings);
  const cells = new Map<string, { off: number; variance: number }>();
  for (let i = 0; i < n; i++) {
    const key = [0, 1]
      .map((k) => Math.floor(((x[2 * i + k]! - d.domain[k]![0]) / (d.domain[k]![1] - d.domain[k]![0])) * 16))
      .join();
    const p = d.truth(x.subarray(2 * i, 2 * i + 2), settings);
    const cell = cells.get(key) ?? { off: 0, variance: 0 };
    cells.set(key, { off: cell.off + y[i]! - p, variance: cell.variance + p * (1 - p) });
  }
  const full = [...cells.values()].filter((cell) => cell.variance > 5);
  const chi2 = full.reduce((sum, cell) => sum + cell.off ** 2 / cell.variance, 0);
  // Standardised: for k cells χ² has mean k and variance 2k.
  return (chi2 - full.length) / Math.sqrt(2 * full.length);
}

describe.each(clouds)('%s', (_, d) => {
  const { noise } = suggestedSettings(d);

  it.each([
    [noise, 0],
    [noise, 0.15],
    [2 * noise, 0.05],
    [noise / 4, 0.1],
  ])('knows P(class 1 | x) exactly: blur %f, flipped labels %f', (blur, labelNoise) => {
    // Four standard deviations of χ²; the draw is fixed by its seed.
    expect(Math.abs(calibration(d, { noise: blur, labelNoise }))).toBeLessThan(4);
  });

  it('fails that test when the claimed law is a little off', () => {
    const wrong = {
      ...d,
      truth: (x: ArrayLike<number>, s: GeneratorSettings) => d.truth(x, { ...s, noise: 1.25 * s.noise }),
    };
    expect(calibration(wrong, { noise, labelNoise: 0 })).toBeGreaterThan(4);
  });

  it('is certain without noise, says the flipped share of labels, and is finite far away at any blur', () => {
    const { x, y } = d.sample(500, stream(9, 'train', 0, 0), { noise: 0, labelNoise: 0 });
    for (let i = 0; i < 500; i++) {
      const point = x.subarray(2 * i, 2 * i + 2);
      expect(d.truth(point, { noise: 0, labelNoise: 0 })).toBe(y[i]);
      expect(d.truth(point, { noise: 0, labelNoise: 0.1 })).toBeCloseTo(y[i] ? 0.9 : 0.1, 12);
    }
    for (const sigma of [0, 1e-300, 1e-6, 0.001, 0.05, 1, 5]) {
      for (const point of [
        [0, 0],
        [0.5, 0.25],
        [40, -30],
        [-1e3, 1e3],
        [1, 1],
      ]) {
        const p = d.truth(point, { noise: sigma, labelNoise: 0 });
        expect(p >= 0 && p <= 1).toBe(true);
      }
    }
  });

  it('flips labels without moving points', () => {
    const clean = d.sample(20_000, stream(10, 'train', 0, 0), { noise, labelNoise: 0 });
    const flipped = d.sample(20_000, stream(10, 'train', 0, 0), { noise, labelNoise: 0.2 });
    expect(flipped.x).toEqual(clean.x);
    const share = mean(flipped.y.map((v, i) => (v === clean.y[i] ? 0 : 1)));
    expect(Math.abs(share - 0.2)).toBeLessThan(4 * Math.sqrt(0.16 / 20_000));
  });
});
