/** @file The quadrature along curves against plain rules with far more points. */
import { describe, expect, it } from 'vitest';
import { stream } from '../src/engine/random.ts';
import { arcsProbability, type Curve } from './arcs.ts';

const TURN = 2.5 * Math.PI;
const half: Curve = (t) => [Math.cos(Math.PI * t), Math.sin(Math.PI * t)];
const shifted: Curve = (t) => [1 - Math.cos(Math.PI * t), 0.5 - Math.sin(Math.PI * t)];
const arm: Curve = (t) => [t * Math.cos(TURN * t), t * Math.sin(TURN * t)];
const opposite: Curve = (t) => [-t * Math.cos(TURN * t), -t * Math.sin(TURN * t)];

function plainDensity(curve: Curve, x: number, y: number, sigma: number): number {
  const n = 100_000;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const [a, b] = curve((i + 0.5) / n);
    sum += Math.exp(-((a - x) ** 2 + (b - y) ** 2) / (2 * sigma * sigma));
  }
  return sum / n;
}

describe.each([
  ['half circles', half, shifted, Math.PI],
  ['spiral arms', arm, opposite, Math.hypot(1, TURN)],
] as const)('%s', (_, first, second, speed) => {
  it.each([0.03, 0.1, 0.3, 1])('agree with the plain rule at blur %f', (sigma) => {
    const probability = arcsProbability([first, second], speed);
    for (const [x, y] of [
      [0.5, 0.25],
      [0, 0],
      [-1, 0.02],
      [0.3, 0.6],
      [1.2, -0.3],
      [0.9, 0.1],
    ] as const) {
      const [p0, p1] = [plainDensity(first, x, y, sigma), plainDensity(second, x, y, sigma)];
      // Both densities vanish far from thin curves; the plain rule is then 0/0 and says nothing.
      if (p0 + p1 > 1e-200) expect(Math.abs(probability(x, y, sigma) - p1 / (p0 + p1))).toBeLessThan(1e-7);
    }
  });
});

it('goes over to the nearer curve as the blur vanishes', () => {
  const probability = arcsProbability([half, shifted], Math.PI);
  for (const [x, y, nearer] of [
    [0, 1.1, 0],
    [1, -0.6, 1],
    [0.1, 0.6, 1],
    [0.9, -0.1, 0],
  ] as const) {
    expect(probability(x, y, 0)).toBe(nearer);
    expect(probability(x, y, 0.004)).toBeCloseTo(nearer, 12);
  }
});

/** log ∫ exp(−d²/2σ²) dt by Simpson's rule, fine enough for any point below: the exponent changes by 0.1 a step at most. */
function simpsonLogDensity(curve: Curve, x: number, y: number, sigma: number): number {
  const n = 400_000;
  const exponents = Float64Array.from({ length: n + 1 }, (_, i) => {
    const [a, b] = curve(i / n);
    return -((a - x) ** 2 + (b - y) ** 2) / (2 * sigma * sigma);
  });
  const greatest = exponents.reduce((a, b) => Math.max(a, b));
  const weight = (i: number) => (i === 0 || i === n ? 1 : i % 2 === 1 ? 4 : 2) / (3 * n);
  return greatest + Math.log(exponents.reduce((sum, e, i) => sum + weight(i) * Math.exp(e - greatest), 0));
}

describe('far from thin curves', () => {
  const moons = arcsProbability([half, shifted], Math.PI);
  const spirals = arcsProbability([arm, opposite], Math.hypot(1, TURN));

  it('gives the known answers', () => {
    expect(spirals(-0.759, 1.277, 0.03)).toBeCloseTo(0.837201, 6);
    expect(moons(1.528, 1.675, 0.05)).toBeCloseTo(0.040444, 6);
  });

  it.each([
    ['half circles', [half, shifted], moons],
    ['spiral arms', [arm, opposite], spirals],
  ] as const)('agrees with a fine Simpson rule at any point and blur: %s', (_, [first, second], probability) => {
    const numbers = stream(11, 'train', 0, 0);
    let undecided = 0;
    for (let i = 0; i < 50 || undecided < 6; i++) {
      const [x, y] = [-3 + 6 * numbers.uniform(), -3 + 6 * numbers.uniform()];
      const sigma = 0.03 * 16 ** numbers.uniform();
      const p = probability(x, y, sigma);
      // Where a class is all but certain only every tenth point is asked.
      const isOpen = p > 1e-6 && p < 1 - 1e-6;
      if (!isOpen && i % 10 > 0) continue;
      if (isOpen && undecided++ >= 6) continue;
      const odds = simpsonLogDensity(first, x, y, sigma) - simpsonLogDensity(second, x, y, sigma);
      expect(Math.abs(p - 1 / (1 + Math.exp(odds)))).toBeLessThan(1e-7);
    }
    expect(undecided).toBeGreaterThanOrEqual(6);
  });
});
