/**
 * @file Layer normalisation between a layer's sums and its activation: the formulas of layer-norm.ts. Four points at a
 * time, whose means share a vector; what lies beyond the last point is read by nobody.
 */
import { add, all, madd, mul } from './math';
import { biasesOf, Layer } from './plan';

const EPSILON: f32 = 1e-5;

/** Turns the sums, in the place of the layer's values, into gain ⊙ ẑ + shift, and leaves what the way back needs. */
export function normalise(layer: Layer, weights: usize, rows: i32): void {
  const row: usize = layer.vectors << 4;
  const last = row - 16;
  const gains = weights + biasesOf(layer) + row;
  const shifts = gains + row;
  const real = realLanes(layer);
  const units = all(<f32>layer.outputs);
  let z0 = layer.values;
  let standard = layer.standard;
  for (let scales = layer.scales; rows > 0; rows -= 4, scales += 16, z0 += 4 * row, standard += 4 * row) {
    const z1 = z0 + row, z2 = z1 + row, z3 = z2 + row;
    let s0 = all(0), s1 = all(0), s2 = all(0), s3 = all(0);
    for (let n: usize = 0; n < row; n += 16) {
      s0 = add(s0, v128.load(z0 + n));
      s1 = add(s1, v128.load(z1 + n));
      s2 = add(s2, v128.load(z2 + n));
      s3 = add(s3, v128.load(z3 + n));
    }
    // Beyond the units lie zeros.
    const mean = f32x4.div(totals(s0, s1, s2, s3), units);
    const m0 = i32x4.shuffle(mean, mean, 0, 0, 0, 0);
    const m1 = i32x4.shuffle(mean, mean, 1, 1, 1, 1);
    const m2 = i32x4.shuffle(mean, mean, 2, 2, 2, 2);
    const m3 = i32x4.shuffle(mean, mean, 3, 3, 3, 3);
    s0 = s1 = s2 = s3 = all(0);
    for (let n: usize = 0; n < last; n += 16) {
      s0 = addSquare(s0, z0 + n, m0);
      s1 = addSquare(s1, z1 + n, m1);
      s2 = addSquare(s2, z2 + n, m2);
      s3 = addSquare(s3, z3 + n, m3);
    }
    s0 = addSquare(s0, z0 + last, v128.and(m0, real));
    s1 = addSquare(s1, z1 + last, v128.and(m1, real));
    s2 = addSquare(s2, z2 + last, v128.and(m2, real));
    s3 = addSquare(s3, z3 + last, v128.and(m3, real));
    const variance = f32x4.div(totals(s0, s1, s2, s3), units);
    const scale = f32x4.div(all(1), f32x4.sqrt(add(variance, all(EPSILON))));
    v128.store(scales, scale);
    const c0 = i32x4.shuffle(scale, scale, 0, 0, 0, 0);
    const c1 = i32x4.shuffle(scale, scale, 1, 1, 1, 1);
    const c2 = i32x4.shuffle(scale, scale, 2, 2, 2, 2);
    const c3 = i32x4.shuffle(scale, scale, 3, 3, 3, 3);
    for (let n: usize = 0; n < row; n += 16) {
      const gain = v128.load(gains + n), shift = v128.load(shifts + n);
      const to = standard + n;
      standardise(z0 + n, to, m0, c0, gain, shift);
      standardise(z1 + n, to + row, m1, c1, gain, shift);
      standardise(z2 + n, to + 2 * row, m2, c2, gain, shift);
      standardise(z3 + n, to + 3 * row, m3, c3, gain, shift);
    }
  }
}

@inline
function addSquare(sum: v128, z: usize, mean: v128): v128 {
  const away = f32x4.sub(v128.load(z), mean);
  return madd(sum, away, away);
}

@inline
function standardise(z: usize, standard: usize, mean: v128, scale: v128, gain: v128, shift: v128): void {
  const own = mul(f32x4.sub(v128.load(z), mean), scale);
  v128.store(standard, own);
  v128.store(z, madd(shift, gain, own));
}

/**
 * Turns a layer's errors by what `normalise` gave into those by the sums that it took; the gradients of gains and
 * shifts begin with the first tile of a minibatch. `gradient` is that of all weights.
 */
export function normaliseBack(layer: Layer, weights: usize, gradient: usize, rows: i32, first: bool): void {
  const row: usize = layer.vectors << 4;
  const last = row - 16;
  const gains = biasesOf(layer) + row;
  const size = <usize>rows * row;
  const g = gradient + gains;
  for (let n: usize = 0; n < row; n += 16) {
    const gain = v128.load(weights + gains + n);
    let ofGain = all(0);
    let ofShift = all(0);
    for (let at = n; at < size; at += row) {
      const error = v128.load(layer.errors + at);
      ofGain = madd(ofGain, error, v128.load(layer.standard + at));
      ofShift = add(ofShift, error);
      v128.store(layer.errors + at, mul(error, gain));
    }
    v128.store(g + n, first ? ofGain : add(v128.load(g + n), ofGain));
    v128.store(g + row + n, first ? ofShift : add(v128.load(g + row + n), ofShift));
  }

  const real = realLanes(layer);
  const units = all(<f32>layer.outputs);
  let v0 = layer.errors;
  let standard0 = layer.standard;
  for (let scales = layer.scales; rows > 0; rows -= 4, scales += 16, v0 += 4 * row, standard0 += 4 * row) {
    const v1 = v0 + row, v2 = v1 + row, v3 = v2 + row;
    const standard1 = standard0 + row, standard2 = standard1 + row, standard3 = standard2 + row;
    let m0 = all(0), m1 = all(0), m2 = all(0), m3 = all(0);
    let a0 = all(0), a1 = all(0), a2 = all(0), a3 = all(0);
    for (let n: usize = 0; n < row; n += 16) {
      const x0 = v128.load(v0 + n), x1 = v128.load(v1 + n), x2 = v128.load(v2 + n), x3 = v128.load(v3 + n);
      m0 = add(m0, x0);
      a0 = madd(a0, x0, v128.load(standard0 + n));
      m1 = add(m1, x1);
      a1 = madd(a1, x1, v128.load(standard1 + n));
      m2 = add(m2, x2);
      a2 = madd(a2, x2, v128.load(standard2 + n));
      m3 = add(m3, x3);
      a3 = madd(a3, x3, v128.load(standard3 + n));
    }
    const mean = f32x4.div(totals(m0, m1, m2, m3), units);
    const along = f32x4.div(totals(a0, a1, a2, a3), units);
    const scale = v128.load(scales);
    flatten(v0, standard0, last, real, i32x4.shuffle(mean, mean, 0, 0, 0, 0), i32x4.shuffle(along, along, 0, 0, 0, 0), i32x4.shuffle(scale, scale, 0, 0, 0, 0));
    flatten(v1, standard1, last, real, i32x4.shuffle(mean, mean, 1, 1, 1, 1), i32x4.shuffle(along, along, 1, 1, 1, 1), i32x4.shuffle(scale, scale, 1, 1, 1, 1));
    flatten(v2, standard2, last, real, i32x4.shuffle(mean, mean, 2, 2, 2, 2), i32x4.shuffle(along, along, 2, 2, 2, 2), i32x4.shuffle(scale, scale, 2, 2, 2, 2));
    flatten(v3, standard3, last, real, i32x4.shuffle(mean, mean, 3, 3, 3, 3), i32x4.shuffle(along, along, 3, 3, 3, 3), i32x4.shuffle(scale, scale, 3, 3, 3, 3));
  }
}

/** (v − mean − ẑ·along)·scale of one point; 0 beyond the units. */
@inline
function flatten(v: usize, standard: usize, last: usize, real: v128, mean: v128, along: v128, scale: v128): void {
  for (let n: usize = 0; n < last; n += 16) {
    v128.store(v + n, mul(f32x4.sub(f32x4.sub(v128.load(v + n), mean), mul(v128.load(standard + n), along)), scale));
  }
  const own = mul(f32x4.sub(f32x4.sub(v128.load(v + last), mean), mul(v128.load(standard + last), along)), scale);
  v128.store(v + last, v128.and(own, real));
}

/** The lanes of a row's last vector that hold units. */
@inline
function realLanes(layer: Layer): v128 {
  return f32x4.lt(f32x4(0, 1, 2, 3), all(<f32>(layer.outputs - 4 * (layer.vectors - 1))));
}

/** The sums of four vectors' lanes. */
@inline
function totals(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = add(i32x4.shuffle(a, b, 0, 4, 1, 5), i32x4.shuffle(a, b, 2, 6, 3, 7));
  const cd = add(i32x4.shuffle(c, d, 0, 4, 1, 5), i32x4.shuffle(c, d, 2, 6, 3, 7));
  return add(i32x4.shuffle(ab, cd, 0, 1, 4, 5), i32x4.shuffle(ab, cd, 2, 3, 6, 7));
}
