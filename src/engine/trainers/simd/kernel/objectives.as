/** @file The gradients of the objectives at the network's last linear outputs. */
import { binaryFocal, softmaxFocal } from './focal';
import { all, clamp, exp, madd, mul, sigmoid, sign } from './math';
import { Layer, Plan } from './plan';

/** Numbered in OBJECTIVE_KINDS of kinds.ts. */
export const enum Objective { SquaredError, Huber, AbsoluteError, BinaryCrossEntropy, SoftmaxCrossEntropy }

const LANES = f32x4(0, 1, 2, 3);

/**
 * Turns the last layer's linear outputs in place into their errors, the derivatives of the minibatch's loss, zero
 * beyond the K outputs. y `[rows]` holds a value (K = 1) or a class, `weights` those of the points, or is 0 where all are 1.
 */
export function errors(plan: Plan, layer: Layer, y: usize, weights: usize, rows: i32, scale: f32): void {
  const kind = plan.objective;
  if (kind == Objective.SoftmaxCrossEntropy) return ofClasses(plan, layer, y, weights, rows, scale);
  const share = all(plan.share);
  const floor = all(plan.floor);
  let factor = all(scale);
  // Four points at a time; what lies beyond the last one is read by nobody.
  for (let z = layer.values; rows > 0; rows -= 4, z += 64, y += 16) {
    const low = i32x4.shuffle(v128.load(z), v128.load(z, 16), 0, 4, 1, 5);
    const high = i32x4.shuffle(v128.load(z, 32), v128.load(z, 48), 0, 4, 1, 5);
    const x = i32x4.shuffle(low, high, 0, 1, 4, 5);
    const target = madd(floor, share, v128.load(y));
    let error: v128;
    if (kind == Objective.BinaryCrossEntropy) {
      error = plan.gamma > 0 ? binaryFocal(x, target, all(plan.gamma)) : f32x4.sub(sigmoid(x), target);
    } else {
      error = f32x4.sub(x, target);
      if (kind == Objective.Huber) error = clamp(error, -plan.delta, plan.delta);
      else if (kind == Objective.AbsoluteError) error = sign(error);
    }
    if (weights) (factor = mul(all(scale), v128.load(weights))), (weights += 16);
    error = mul(error, factor);
    const zero = all(0);
    v128.store(z, i32x4.shuffle(error, zero, 0, 4, 4, 4));
    v128.store(z, i32x4.shuffle(error, zero, 1, 4, 4, 4), 16);
    v128.store(z, i32x4.shuffle(error, zero, 2, 4, 4, 4), 32);
    v128.store(z, i32x4.shuffle(error, zero, 3, 4, 4, 4), 48);
  }
}

function ofClasses(plan: Plan, layer: Layer, y: usize, weights: usize, rows: i32, scale: f32): void {
  const last = (<usize>(layer.vectors - 1)) << 4;
  const real = f32x4.lt(LANES, all(<f32>(layer.outputs - 4 * (layer.vectors - 1))));
  const share = all(plan.share);
  const floor = all(plan.floor);
  const gamma = plan.gamma;
  let factor = all(scale);
  for (let z = layer.values; rows > 0; rows--, y += 4, z += last + 16) {
    const label = v128.load32_splat(y);
    v128.store(z + last, v128.bitselect(v128.load(z + last), all(-f32.MAX_VALUE), real));
    if (weights) (factor = mul(all(scale), v128.load32_splat(weights))), (weights += 4);
    if (gamma > 0) softmaxFocal(z, plan.row, last, real, label, share, floor, all(gamma), factor);
    else softmax(z, last, label, share, floor, factor);
    v128.store(z + last, v128.and(v128.load(z + last), real));
  }
}

/** Factor·(probabilities − target) in place; safe from overflow. `last`: offset of the last vector. */
@inline
function softmax(z: usize, last: usize, label: v128, share: v128, floor: v128, factor: v128): void {
  let top = v128.load(z);
  for (let n: usize = 16; n <= last; n += 16) top = f32x4.pmax(top, v128.load(z + n));
  top = f32x4.pmax(top, i32x4.shuffle(top, top, 2, 3, 0, 1));
  top = f32x4.pmax(top, i32x4.shuffle(top, top, 1, 0, 3, 2));
  let sum = all(0);
  for (let n: usize = 0; n <= last; n += 16) {
    const e = exp(f32x4.sub(v128.load(z + n), top));
    v128.store(z + n, e);
    sum = f32x4.add(sum, e);
  }
  sum = f32x4.add(sum, i32x4.shuffle(sum, sum, 2, 3, 0, 1));
  sum = f32x4.add(sum, i32x4.shuffle(sum, sum, 1, 0, 3, 2));
  let lanes = LANES;
  for (let n: usize = 0; n <= last; n += 16, lanes = f32x4.add(lanes, all(4))) {
    const target = madd(floor, share, v128.and(f32x4.eq(lanes, label), all(1)));
    v128.store(z + n, mul(f32x4.sub(f32x4.div(v128.load(z + n), sum), target), factor));
  }
}
