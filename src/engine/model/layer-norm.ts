/**
 * @file Layer normalisation in float64 plain loops: the formulas that every trainer follows.
 *
 * Ba, Kiros and Hinton 2016 (arXiv 1607.06450, eq. 4), before the activation: of the H sums z of a hidden layer at one
 * point, ẑ = (z − mean z) / √(var z + ε) with the variance over H (not H − 1), and gain ⊙ ẑ + shift goes on into the
 * activation. The same in training and in evaluation: nothing depends on the other points of a batch.
 */
/** ε, as in PyTorch's `LayerNorm`. */
export const NORM_EPSILON = 1e-5;

export interface Normalised {
  /** `[n, H]`: gain ⊙ ẑ + shift. */
  sums: Float64Array;
  /** `[n, H]`: ẑ. */
  standard: Float64Array;
  /** `[n]`: 1 / √(var z + ε). */
  scale: Float64Array;
}

/** Of the sums `[n, H]` of a layer that is normalised, whose gains begin at `gains`. */
export function normalise(gains: number, H: number, theta: Float64Array, z: Float64Array): Normalised {
  const n = z.length / H;
  const sums = new Float64Array(z.length);
  const standard = new Float64Array(z.length);
  const scale = new Float64Array(n);
  for (let p = 0; p < n; p++) {
    const row = z.subarray(p * H, (p + 1) * H);
    const mean = row.reduce((sum, v) => sum + v, 0) / H;
    const variance = row.reduce((sum, v) => sum + (v - mean) ** 2, 0) / H;
    scale[p] = 1 / Math.sqrt(variance + NORM_EPSILON);
    for (let j = 0; j < H; j++) {
      const at = p * H + j;
      standard[at] = (row[j]! - mean) * scale[p]!;
      sums[at] = theta[gains + j]! * standard[at] + theta[gains + H + j]!;
    }
  }
  return { sums, standard, scale };
}

/**
 * Back through it: `d` `[n, H]`, the gradient of the loss by the normalised sums, becomes that by the layer's own sums;
 * the gradients of gains and shifts are added to `gradient` `[P]`. With v = gain ⊙ d:
 * dz = (v − mean v − ẑ·mean(ẑ ⊙ v)) / √(var z + ε).
 */
export function normaliseBack(
  gains: number,
  H: number,
  theta: Float64Array,
  { standard, scale }: Normalised,
  d: Float64Array<ArrayBuffer>,
  gradient: Float64Array,
): void {
  for (let p = 0; p < scale.length; p++) {
    let mean = 0;
    let along = 0;
    for (let j = 0; j < H; j++) {
      const at = p * H + j;
      gradient[gains + j]! += d[at]! * standard[at]!;
      gradient[gains + H + j]! += d[at]!;
      d[at]! *= theta[gains + j]!;
      mean += d[at]! / H;
      along += (d[at]! * standard[at]!) / H;
    }
    for (let j = 0; j < H; j++) {
      const at = p * H + j;
      d[at] = (d[at]! - mean - standard[at]! * along) * scale[p]!;
    }
  }
}

/** Where a layer's own parameters end: after its shifts, or after its biases where it is not normalised. */
export function endOf({ biases, outputs, gains }: { biases: number; outputs: number; gains: number | null }): number {
  return gains === null ? biases + outputs : gains + 2 * outputs;
}
