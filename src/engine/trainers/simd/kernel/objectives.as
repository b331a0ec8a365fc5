/** @file The gradients of the objectives at the network's last linear outputs. */
import { all, exp, mul, sigmoid } from './math';

/** In the order of OBJECTIVES in objectives.ts. */
export const enum Objective { SquaredError, BinaryCrossEntropy, SoftmaxCrossEntropy }

const LANES = f32x4(0, 1, 2, 3);

/**
 * Turns linear outputs `[rows, vectors of four]` in place into scale·(prediction − target), zero beyond the K outputs;
 * y `[rows]` holds a value (K = 1) or a class.
 */
export function errors(kind: Objective, z: usize, vectors: i32, outputs: i32, y: usize, rows: i32, scale: f32): void {
  const last = (<usize>(vectors - 1)) << 4;
  const real = f32x4.lt(LANES, all(<f32>(outputs - 4 * (vectors - 1))));
  for (; rows > 0; rows--, y += 4, z += last + 16) {
    if (kind == Objective.SoftmaxCrossEntropy) {
      v128.store(z + last, v128.bitselect(v128.load(z + last), all(-f32.MAX_VALUE), real));
      softmax(z, last);
    } else if (kind == Objective.BinaryCrossEntropy) {
      v128.store(z, sigmoid(v128.load(z)));
    }
    const label = v128.load32_splat(y);
    let lanes = LANES;
    for (let n: usize = 0; n <= last; n += 16, lanes = f32x4.add(lanes, all(4))) {
      const target = outputs == 1 ? label : v128.and(f32x4.eq(lanes, label), all(1));
      v128.store(z + n, mul(f32x4.sub(v128.load(z + n), target), all(scale)));
    }
    v128.store(z + last, v128.and(v128.load(z + last), real));
  }
}

/** In place; safe from overflow. `last`: offset of the last vector. */
@inline
function softmax(z: usize, last: usize): void {
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
  for (let n: usize = 0; n <= last; n += 16) v128.store(z + n, f32x4.div(v128.load(z + n), sum));
}
