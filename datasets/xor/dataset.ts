/** @file Four squares, opposite ones of one class. */
import { cloud } from '../clouds.ts';
import { normalCdf } from '../special.ts';

/**
 * P(a coordinate was positive before the blur | its blurred value x), when it was uniform on (−1, 1): a ratio of
 * normal probabilities, taken on the negative side, where their differences lose no digits.
 */
function positive(x: number, sigma: number): number {
  if (x > 0) return 1 - positive(-x, sigma);
  if (sigma === 0) return x === 0 ? 0.5 : 0;
  const far = normalCdf((x - 1) / sigma);
  const whole = normalCdf((x + 1) / sigma) - far;
  // So far outside that even the nearer half is beyond the smallest number: certainly not the farther one.
  return whole === 0 ? 0 : (normalCdf(x / sigma) - far) / whole;
}

export const dataset = cloud({
  id: 'xor',
  label: 'XOR',
  about: 'Four squares, opposite ones of one class: neither input alone says anything.',
  short: 'sign(x₁x₂)',
  domain: [
    [-1.75, 1.75],
    [-1.75, 1.75],
  ],
  positions: 2,
  place(label, u, v) {
    const side = u < 0.5 ? -1 : 1;
    return [2 * u - 1, label === 1 ? side * v : -side * v];
  },
  mean: [0, 0],
  variance: [1 / 3, 1 / 3],
  probability(x, y, sigma) {
    const p = positive(x, sigma);
    const q = positive(y, sigma);
    return p * q + (1 - p) * (1 - q);
  },
  suggested: { 'data.noise': 0.25, 'data.trainSize': 60, 'data.validationSize': 60, 'model.inputScale': 2 },
});
