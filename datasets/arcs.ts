/** @file Curves blurred by Gaussian noise: the class probability at a point, by adaptive quadrature along the curves. */
import { gaussLegendre } from './special.ts';

/** A smooth curve with its parameter t uniform on (0, 1). It turns by no more than a few full turns in all. */
export type Curve = (t: number) => readonly [number, number];

const POINTS = 8;
const RULE = gaussLegendre(POINTS);
/** Panels a curve is cut into before any point is known: with more blur fewer, with less blur more would not pay. */
const PANELS = { least: 12, most: 256 };
/** The largest change of the exponent along a panel: eight points then give the probability to about 1e-8. */
const MAX_CHANGE = 5;
/** Parts of a curve whose density is below e⁻³² of the greatest are passed over. */
const NEGLIGIBLE = 32;
/** Blur below this share of the distances at hand is taken as this share: rounding hides what is smaller. */
const LEAST_BLUR = 1e-6;

/**
 * P(class 1 | x, y) of two equally likely curves blurred by σ ≥ 0; at σ = 0 the limit, the nearer curve. `speed` is the
 * curves' greatest |dc/dt|.
 */
export function arcsProbability(
  curves: readonly [Curve, Curve],
  speed: number,
): (x: number, y: number, sigma: number) => number {
  // A pure function of σ, remembered because whole grids of points are asked with one σ.
  let prepared: readonly [sigma: number, Panels, Panels] | null = null;
  return (x, y, sigma) => {
    if (prepared?.[0] !== sigma) {
      const count = Math.max(PANELS.least, Math.min(PANELS.most, Math.ceil(speed / (2 * sigma))));
      prepared = [sigma, panelsOf(curves[0], count), panelsOf(curves[1], count)];
    }
    const blur = Math.max(sigma, LEAST_BLUR * (1 + Math.hypot(x, y)));
    return 1 / (1 + Math.exp(logDensity(prepared[1], x, y, blur) - logDensity(prepared[2], x, y, blur)));
  };
}

/** Panels of equal width, with places as `[x0, y0, x1, y1, …]`. */
interface Panels {
  curve: Curve;
  count: number;
  /** Ends and middles in turn: 2 · count + 1 places. */
  marks: Float64Array;
  /** Of the rule: POINTS places a panel. */
  nodes: Float64Array;
  /** Room for the exponents at the marks. */
  exponents: Float64Array;
}

function panelsOf(curve: Curve, count: number): Panels {
  const places = (length: number, t: (i: number) => number) =>
    Float64Array.from(Array.from({ length }, (_, i) => curve(t(i))).flat());
  return {
    curve,
    count,
    marks: places(2 * count + 1, (i) => i / (2 * count)),
    nodes: places(POINTS * count, (i) => (Math.floor(i / POINTS) + RULE.nodes[i % POINTS]!) / count),
    exponents: new Float64Array(2 * count + 1),
  };
}

/** Σ weight · exp(−exponent) = sum · exp(−least), where `least` is the smallest exponent met. */
class ExponentialSum {
  sum = 0;
  least = Infinity;

  meet(exponent: number): void {
    if (exponent >= this.least) return;
    this.sum *= Math.exp(exponent - this.least);
    this.least = exponent;
  }

  add(weight: number, exponent: number): void {
    this.meet(exponent);
    this.sum += weight * Math.exp(this.least - exponent);
  }
}

/**
 * log ∫₀¹ exp(−d²(t)/2σ²) dt, d the distance of (x, y) to the curve. A panel is halved until the exponent changes little
 * along it: it changes by about d·length/σ² where the curve leads towards the point or away, by (length/σ)² beside it.
 */
function logDensity({ curve, count, marks, nodes, exponents }: Panels, x: number, y: number, sigma: number): number {
  const scale = 1 / (2 * sigma * sigma);
  const exponent = (a: number, b: number) => ((a - x) * (a - x) + (b - y) * (b - y)) * scale;
  const exponentAt = (t: number) => exponent(...curve(t));
  const total = new ExponentialSum();
  let least = Infinity;
  for (let i = 0; i <= 2 * count; i++) {
    const e = exponent(marks[2 * i]!, marks[2 * i + 1]!);
    exponents[i] = e;
    if (e < least) least = e;
  }
  total.meet(least);
  for (let panel = 0; panel < count; panel++) {
    const [start, middle, end] = [exponents[2 * panel]!, exponents[2 * panel + 1]!, exponents[2 * panel + 2]!];
    const what = judged(start, middle, end, total.least);
    if (what === 'halve') halve(panel / count, 1 / count, start, middle, end);
    if (what !== 'add') continue;
    for (let i = POINTS * panel; i < POINTS * (panel + 1); i++)
      total.add(RULE.weights[i % POINTS]! / count, exponent(nodes[2 * i]!, nodes[2 * i + 1]!));
  }
  return Math.log(total.sum) - total.least;

  /** Adds the two halves of a panel that begins at `from`, with these exponents at its ends and its middle. */
  function halve(from: number, width: number, start: number, middle: number, end: number): void {
    addPanel(from, width / 2, start, middle);
    addPanel(from + width / 2, width / 2, middle, end);
  }

  function addPanel(from: number, width: number, start: number, end: number): void {
    const middle = exponentAt(from + width / 2);
    total.meet(middle);
    const what = judged(start, middle, end, total.least);
    if (what === 'halve') halve(from, width, start, middle, end);
    if (what !== 'add') return;
    for (let i = 0; i < POINTS; i++) total.add(width * RULE.weights[i]!, exponentAt(from + width * RULE.nodes[i]!));
  }
}

/** What to do with a panel that has these exponents at its ends and its middle. */
function judged(start: number, middle: number, end: number, least: number): 'pass' | 'add' | 'halve' {
  const bend = Math.abs((start + end) / 2 - middle);
  // A parabola through the three lies nowhere lower than this above the least.
  const above = Math.min(start, middle, end) - bend - least;
  if (above > NEGLIGIBLE) return 'pass';
  // Where there is less to add, the exponent may change by more.
  return Math.abs(end - start) + 2 * bend <= MAX_CHANGE + Math.max(0, above) / 3 ? 'add' : 'halve';
}
