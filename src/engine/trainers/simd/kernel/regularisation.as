/** @file Penalties, limits and decay: what is done to gradient and weights about an optimizer's update. */
import { add, all, clamp, madd, mul, sign } from './math';
import { biasesOf, layerAt, Plan } from './plan';

/** Adds the derivatives of λ₁·Σ|w| and λ₂·Σw² over the weights, biases left out, to the gradient. */
export function penalise(plan: Plan, weights: usize): void {
  const l1 = all(plan.l1);
  const l2 = all(plan.l2);
  for (let l = 0; l < plan.depth; l++) {
    const layer = layerAt(plan, l);
    const end = biasesOf(layer);
    for (let i = layer.weights; i < end; i += 16) {
      const g = plan.gradient + i;
      const w = v128.load(weights + i);
      v128.store(g, add(madd(v128.load(g), l2, w), mul(l1, sign(w))));
    }
  }
}

/** Takes a share of the weights, biases left out, from them. */
export function decay(plan: Plan, weights: usize, share: f32): void {
  for (let l = 0; l < plan.depth; l++) {
    const layer = layerAt(plan, l);
    const end = weights + biasesOf(layer);
    for (let w = weights + layer.weights; w < end; w += 16) {
      v128.store(w, f32x4.sub(v128.load(w), mul(all(share), v128.load(w))));
    }
  }
}

/** Keeps each number of a gradient within ± most. */
export function clipValues(g: usize, bytes: usize, most: f32): void {
  for (const end = g + bytes; g < end; g += 16) v128.store(g, clamp(v128.load(g), -most, most));
}

/** Shortens a gradient to a length; squares are summed in float64, where those of a float32 have room. */
export function clipLength(g: usize, bytes: usize, most: f32): void {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    low = f64x2.add(low, lowSquares(v128.load(g + i)));
    high = f64x2.add(high, highSquares(v128.load(g + i)));
  }
  const sum = f64x2.add(low, high);
  const length = Math.sqrt(f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
  if (!(length > <f64>most)) return;
  const factor = all(<f32>(<f64>most / length));
  for (let i: usize = 0; i < bytes; i += 16) v128.store(g + i, mul(v128.load(g + i), factor));
}

/** Shortens the incoming weights of every unit, biases left out, to at most a length. */
export function limitNorms(plan: Plan, weights: usize, most: f32): void {
  for (let l = 0; l < plan.depth; l++) {
    const layer = layerAt(plan, l);
    const row: usize = layer.vectors << 4;
    const end = weights + biasesOf(layer);
    for (let column = weights + layer.weights, last = column + row; column < last; column += 16) {
      let low = f64x2.splat(0);
      let high = f64x2.splat(0);
      for (let w = column; w < end; w += row) {
        low = f64x2.add(low, lowSquares(v128.load(w)));
        high = f64x2.add(high, highSquares(v128.load(w)));
      }
      const a = f32x4.demote_f64x2_zero(share(low, most));
      const b = f32x4.demote_f64x2_zero(share(high, most));
      const factors = i32x4.shuffle(a, b, 0, 1, 4, 5);
      for (let w = column; w < end; w += row) v128.store(w, mul(v128.load(w), factors));
    }
  }
}

@inline
function lowSquares(x: v128): v128 {
  const two = f64x2.promote_low_f32x4(x);
  return f64x2.mul(two, two);
}

@inline
function highSquares(x: v128): v128 {
  return lowSquares(i32x4.shuffle(x, x, 2, 3, 0, 1));
}

/** What is left of weights with such sums of squares: 1 unless they are too long. */
@inline
function share(squares: v128, most: f32): v128 {
  const norm = f64x2.sqrt(squares);
  const limit = f64x2.splat(most);
  return v128.bitselect(f64x2.div(limit, norm), f64x2.splat(1), f64x2.gt(norm, limit));
}
