/** @file The quadrature along curves against a plain midpoint rule with far more points. */
import { describe, expect, it } from 'vitest';
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
