/** @file A ring around a ring. */
import { cloud } from '../clouds.ts';
import { scaledBesselI0 } from '../special.ts';

const RADII = [1, 0.5] as const;

/** Logarithm, up to a common constant, of a blurred ring's density at distance r from the centre (Rice's law over r). */
function logDensity(r: number, ring: number, sigma: number): number {
  const s2 = sigma * sigma;
  return -((r - ring) ** 2) / (2 * s2) + Math.log(scaledBesselI0((r * ring) / s2));
}

export const dataset = cloud({
  id: 'circles',
  label: 'circles',
  about: 'A ring around a ring: no straight border is better than guessing.',
  short: 'ring in a ring',
  domain: [
    [-1.75, 1.75],
    [-1.75, 1.75],
  ],
  positions: 1,
  place(label, t) {
    const radius = RADII[label === 0 ? 0 : 1];
    return [radius * Math.cos(2 * Math.PI * t), radius * Math.sin(2 * Math.PI * t)];
  },
  mean: [0, 0],
  variance: [(RADII[0] ** 2 + RADII[1] ** 2) / 4, (RADII[0] ** 2 + RADII[1] ** 2) / 4],
  probability(x, y, sigma) {
    const r = Math.hypot(x, y);
    const distance = Math.abs(r - RADII[0]) - Math.abs(r - RADII[1]);
    if (sigma === 0) return distance === 0 ? 0.5 : distance > 0 ? 1 : 0;
    return 1 / (1 + Math.exp(logDensity(r, RADII[0], sigma) - logDensity(r, RADII[1], sigma)));
  },
  suggested: { 'data.noise': 0.2, 'data.trainSize': 60, 'data.validationSize': 60, 'model.inputScale': 2 },
});
