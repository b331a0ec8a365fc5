/** @file Test points of two-dimensional classification that stand for its input distribution. */
import { sobolPoints } from './sobol.ts';
import { inverseNormal } from './special.ts';

/** Two classes in the plane, before and after their blur. */
export interface CloudShape {
  /** How many uniform numbers a point of the shape is made from. */
  positions: 0 | 1 | 2;
  /** A point of the shape of class 0 or 1, before the blur, from numbers uniform on (0, 1). */
  place(label: number, u: number, v: number): readonly [number, number];
  /** P(class 1 | x, y) with blur σ ≥ 0 and no flipped labels; at σ = 0 the limit. */
  probability(x: number, y: number, sigma: number): number;
}

/** The points are chosen out of 2^14, more than the largest test set. */
const BITS = 14;
/**
 * Of six shifts that were tried the one with which the mean p(1 − p) over all 2^14 points is nearest to the population's
 * where the blur is thin: within 0.6 %, by the quadrature of the test.
 */
const SHIFT = [0.0195, 0.7695, 0.5195, 0.2695];
/** Less blur than this is none: its square would leave the range of numbers. */
const LEAST_BLUR = 1e-9;

export function blurOf(noise: number): number {
  return noise < LEAST_BLUR ? 0 : noise;
}

/**
 * n points `[n, 2]`, n ≤ 2^14: a stretch of the Sobol' sequence over class, place on the shape and blur, so that both
 * classes have the same weight, as has every part of their shapes. With little blur the classes meet in so few points
 * that p(1 − p), the noise of the labels, differs from stretch to stretch: of all stretches of n points among 2^14, the
 * one whose mean p(1 − p) is nearest to theirs is taken. The points come in the order of class and place along the
 * shape, so that evenly spaced ones have these weights too.
 */
export function representativePoints(shape: CloudShape): (n: number, noise: number) => Float64Array {
  // A pure function of the noise, remembered because other settings change more often.
  let candidates: Candidates | null = null;
  return (n, noise) => {
    if (candidates?.noise !== noise) candidates = candidatesOf(shape, noise);
    const { along, points, labelNoise } = candidates;
    const whole = mean(labelNoise);
    let chosen = 0;
    let least = Infinity;
    for (let first = 0; first + n <= labelNoise.length; first += n) {
      const distance = Math.abs(mean(labelNoise.subarray(first, first + n)) - whole);
      if (distance < least) [chosen, least] = [first, distance];
    }
    const order = Array.from({ length: n }, (_, i) => chosen + i).sort((a, b) => along[a]! - along[b]!);
    return Float64Array.from(order.flatMap((i) => [points[2 * i]!, points[2 * i + 1]!]));
  };
}

interface Candidates {
  noise: number;
  /** Class and place along its shape: class 0 from 0 to ½, class 1 from ½ to 1. */
  along: Float64Array;
  points: Float64Array;
  labelNoise: Float64Array;
}

function candidatesOf({ positions, place, probability }: CloudShape, noise: number): Candidates {
  const total = 2 ** BITS;
  const dimensions = Math.max(positions, 1) + 2;
  const cube = sobolPoints(BITS, dimensions, SHIFT);
  const along = Float64Array.from({ length: total }, (_, i) => cube[i * dimensions]!);
  const points = new Float64Array(2 * total);
  along.forEach((at, i) => {
    const label = at < 0.5 ? 0 : 1;
    const [x, y] = place(label, 2 * at - label, cube[i * dimensions + 1]!);
    const blur = (i + 1) * dimensions - 2;
    points[2 * i] = x + noise * inverseNormal(cube[blur]!);
    points[2 * i + 1] = y + noise * inverseNormal(cube[blur + 1]!);
  });
  const labelNoise = along.map((_, i) => {
    const p = probability(points[2 * i]!, points[2 * i + 1]!, blurOf(noise));
    return p * (1 - p);
  });
  return { noise, along, points, labelNoise };
}

function mean(numbers: Float64Array): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/**
 * The points of experiments kept before `representativePoints`: classes in turn, and the blur of the second class
 * mirrors that of the first. Their tapes hold predictions at these points.
 */
export function mirroredPoints({ place, positions }: CloudShape, n: number, noise: number): Float64Array {
  const out = new Float64Array(2 * n);
  const steps = additiveSteps(positions + 1);
  for (let i = 0; i < n; i++) {
    const label = i % 2;
    // Point k of the m points of its class.
    const k = Math.floor(i / 2);
    const m = Math.ceil((n - label) / 2);
    const at = (axis: number) => (axis === 0 ? (k + 0.5) / m : (0.5 + (k + 1) * steps[axis - 1]!) % 1);
    const blur = label === 0 ? noise : -noise;
    const [a, b] = place(label, positions > 0 ? at(0) : 0, positions > 1 ? at(1) : 0);
    out[2 * i] = a + blur * inverseNormal(at(positions));
    out[2 * i + 1] = b + blur * inverseNormal(at(positions + 1));
  }
  return out;
}

/**
 * Steps 1/φ, 1/φ², … of the additive low-discrepancy sequence of d dimensions, φ the root above 1 of φ^(d+1) = φ + 1
 * (Roberts, The unreasonable effectiveness of quasirandom sequences, 2018).
 */
function additiveSteps(d: number): number[] {
  let phi = 2;
  for (let i = 0; i < 60; i++) phi = (1 + phi) ** (1 / (d + 1));
  return Array.from({ length: d }, (_, i) => phi ** -(i + 1));
}
