/** @file Losses and gradients of single points, in float64 plain loops over all of them at once. */
import { ACTIVATIONS } from './activations.ts';
import { normalise, normaliseBack, type Normalised } from './layer-norm.ts';
import { affine, type Layer } from './network.ts';
import { objectiveMath, targetVector } from './objectives.ts';
import type { Job } from '../trainers/trainer.ts';

/** What the gradients of n points for the parameters of one layer are products of. */
export interface LayerGradients {
  layer: Layer;
  /** `[n, inputs]`: what comes in. */
  inputs: ArrayLike<number>;
  /** `[n, outputs]`: the gradient of each point's loss by the layer's own sums, which is that of its biases. */
  sums: Float64Array;
  /** Of a normalised layer, the same by its normalised sums `[n, outputs]`, and these before gain and shift. */
  normed: { gains: number; sums: Float64Array; standard: Float64Array } | null;
}

/** Of the training points of a replica, without penalties, class weights and disturbances, at the parameters `theta`. */
export function pointwise(
  { layout, replicas, experiment }: Job,
  replica: number,
  theta: Float64Array,
): { losses: Float64Array; layers: LayerGradients[] } {
  const { features: D, outputs: K, train } = replicas;
  const n = train.size;
  const x = train.x.subarray(replica * n * D, (replica + 1) * n * D);
  const inputs: ArrayLike<number>[] = [x];
  const z: Float64Array[] = [];
  const normed: (Normalised | null)[] = [];
  for (const layer of layout.layers) {
    const own = affine(layer, theta, inputs.at(-1)!, n);
    const normal = layer.gains === null ? null : normalise(layer.gains, layer.outputs, theta, own);
    const sums = normal?.sums ?? own;
    normed.push(normal);
    z.push(sums);
    inputs.push(layer.activation === 'linear' ? sums : sums.map(ACTIVATIONS[layer.activation].value));
  }

  const math = objectiveMath(experiment);
  const last = z.at(-1)!;
  const losses = new Float64Array(n);
  let d = new Float64Array(n * K);
  for (let p = 0; p < n; p++) {
    const target = targetVector(train.y[replica * n + p]!, K);
    losses[p] = math.loss(last, p * K, target, 0, K);
    math.gradient(last, p * K, target, 0, K, d, p * K);
  }

  const layers: LayerGradients[] = [];
  const unused = new Float64Array(layout.parameters);
  for (let l = layout.layers.length - 1; l >= 0; l--) {
    const layer = layout.layers[l]!;
    const { gains } = layer;
    const normal = normed[l];
    const before = normal ? d.slice() : d;
    if (normal && gains !== null) normaliseBack(gains, layer.outputs, theta, normal, d, unused);
    const of = normal && gains !== null ? { gains, sums: before, standard: normal.standard } : null;
    layers.push({ layer, inputs: inputs[l]!, sums: d, normed: of });
    const below = layout.layers[l - 1];
    if (!below) break;
    const { slope } = ACTIVATIONS[below.activation];
    const a = inputs[l]!;
    d = back(layer, theta, d, n).map((g, i) => g * slope(z[l - 1]![i]!, a[i]!));
  }
  return { losses, layers };
}

/** d·Wᵀ, `[n, inputs]`. */
function back({ inputs, outputs, weights }: Layer, theta: Float64Array, d: Float64Array, n: number) {
  const below = new Float64Array(n * inputs);
  for (let p = 0; p < n; p++) {
    for (let i = 0; i < inputs; i++) {
      let sum = 0;
      for (let j = 0; j < outputs; j++) sum += theta[weights + i * outputs + j]! * d[p * outputs + j]!;
      below[p * inputs + i] = sum;
    }
  }
  return below;
}
