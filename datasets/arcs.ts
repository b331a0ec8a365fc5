/** @file Curves blurred by Gaussian noise: the class probability at a point, by quadrature along the curves. */
import { gaussLegendre } from './special.ts';

/** A curve with its parameter t uniform on (0, 1). */
export type Curve = (t: number) => readonly [number, number];

const POINTS = 8;
/** Beyond this many panels a curve's blur is so thin that the limit, the nearer curve, is used. */
const MAX_PANELS = 512;

interface Nodes {
  x: Float64Array;
  y: Float64Array;
  weight: Float64Array;
}

/** Gauss–Legendre nodes in panels along a curve. */
export function curveNodes(curve: Curve, panels: number): Nodes {
  const rule = gaussLegendre(POINTS);
  const nodes = {
    x: new Float64Array(panels * POINTS),
    y: new Float64Array(panels * POINTS),
    weight: new Float64Array(panels * POINTS),
  };
  for (let i = 0; i < panels * POINTS; i++) {
    const [x, y] = curve((Math.floor(i / POINTS) + rule.nodes[i % POINTS]!) / panels);
    nodes.x[i] = x;
    nodes.y[i] = y;
    nodes.weight[i] = rule.weights[i % POINTS]! / panels;
  }
  return nodes;
}

/** Squared distances to the nodes go to `out`; returns the smallest. */
function squaredDistances({ x, y }: Nodes, px: number, py: number, out: Float64Array): number {
  let least = Infinity;
  for (let i = 0; i < x.length; i++) {
    const dx = x[i]! - px;
    const dy = y[i]! - py;
    const d = dx * dx + dy * dy;
    out[i] = d;
    if (d < least) least = d;
  }
  return least;
}

/** ∫ exp((least − d²(t)) / 2σ²) dt; nodes whose term is below e⁻⁴⁰ are passed over. */
function blurred({ weight }: Nodes, squared: Float64Array, least: number, sigma: number): number {
  const scale = 1 / (2 * sigma * sigma);
  let sum = 0;
  for (let i = 0; i < weight.length; i++) {
    const exponent = (least - squared[i]!) * scale;
    if (exponent > -40) sum += weight[i]! * Math.exp(exponent);
  }
  return sum;
}

/**
 * P(class 1 | x, y) of two equally likely curves blurred by σ. Panels are at most 2σ long at the curve's greatest
 * `speed` |dc/dt|, so that eight points integrate the Gaussian in each to about 1e-9.
 */
export function arcsProbability(
  curves: readonly [Curve, Curve],
  speed: number,
): (x: number, y: number, sigma: number) => number {
  // A pure function of σ, remembered because whole grids of points are asked with one σ.
  let prepared = { sigma: NaN, nodes: [] as Nodes[], squared: [] as Float64Array[] };
  return (x, y, sigma) => {
    const panels = Math.min(MAX_PANELS, Math.ceil(speed / (2 * sigma)));
    if (prepared.sigma !== sigma) {
      const nodes = curves.map((curve) => curveNodes(curve, panels));
      prepared = { sigma, nodes, squared: nodes.map((n) => new Float64Array(n.weight.length)) };
    }
    const { nodes, squared } = prepared;
    const near0 = squaredDistances(nodes[0]!, x, y, squared[0]!);
    const near1 = squaredDistances(nodes[1]!, x, y, squared[1]!);
    if (panels === MAX_PANELS) return near0 === near1 ? 0.5 : near1 < near0 ? 1 : 0;
    const density0 = blurred(nodes[0]!, squared[0]!, near0, sigma);
    const density1 = blurred(nodes[1]!, squared[1]!, near1, sigma);
    return 1 / (1 + (density0 / density1) * Math.exp((near1 - near0) / (2 * sigma * sigma)));
  };
}
