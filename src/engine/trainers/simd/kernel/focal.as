/** @file The gradients of the focal loss (Lin et al. 2017): the formulas of objectives.ts in forms safe in float32. */
import { add, all, exp, madd, mul } from './math';
import { log, log1p } from './logarithms';

/** Of one linear output z and the share t of class 1. */
@inline
export function binaryFocal(z: v128, t: v128, gamma: v128): v128 {
  const negative = f32x4.neg(z);
  const common = log1p(exp(f32x4.neg(f32x4.abs(z))));
  const one = f32x4.sub(f32x4.pmin(z, all(0)), common);
  const zero = f32x4.sub(f32x4.pmin(negative, all(0)), common);
  return f32x4.sub(mul(t, pull(one, zero, gamma)), mul(f32x4.sub(all(1), t), pull(zero, one, gamma)));
}

/** (1 − p)·∂/∂(ln p) of −(1 − p)^γ·ln p from ln p and ln(1 − p). */
@inline
function pull(near: v128, far: v128, gamma: v128): v128 {
  return f32x4.sub(mul(mul(gamma, near), exp(madd(near, gamma, far))), exp(madd(far, gamma, far)));
}

/**
 * Turns the K linear outputs of a row into factor·∂loss/∂z in place; beyond them stands what is next to −∞. `powers` is
 * room for a row; `last`: offset of the last vector, whose lanes `real` count.
 */
export function softmaxFocal(
  z: usize, powers: usize, last: usize, real: v128, label: v128, share: v128, floor: v128, gamma: v128,
  factor: v128,
): void {
  let top = v128.load(z);
  for (let n: usize = 16; n <= last; n += 16) top = f32x4.pmax(top, v128.load(z + n));
  top = f32x4.pmax(top, i32x4.shuffle(top, top, 2, 3, 0, 1));
  top = f32x4.pmax(top, i32x4.shuffle(top, top, 1, 0, 3, 2));
  // The sum of all powers is 1 + others: so their shares keep their digits when one class is all but certain.
  let tops = all(0);
  let others = all(0);
  for (let n: usize = 0; n <= last; n += 16) {
    const x = f32x4.sub(v128.load(z + n), top);
    const e = exp(x);
    const first = f32x4.ge(e, all(1));
    v128.store(z + n, x);
    v128.store(powers + n, e);
    tops = add(tops, v128.and(first, all(1)));
    others = add(others, v128.andnot(e, first));
  }
  others = add(total(others), f32x4.sub(total(tops), all(1)));
  const sum = add(others, all(1));
  const logSum = log1p(others);

  let pulls = all(0);
  let lanes = f32x4(0, 1, 2, 3);
  for (let n: usize = 0; n <= last; n += 16, lanes = add(lanes, all(4))) {
    const near = f32x4.sub(v128.load(z + n), logSum);
    // Held where the powers of 1 − p are finite.
    const far = f32x4.pmax(log(rest(v128.load(powers + n), others, sum)), all(-80));
    const slope = f32x4.sub(
      mul(mul(gamma, near), exp(madd(near, f32x4.sub(gamma, all(1)), far))),
      exp(mul(gamma, far)),
    );
    const t = madd(floor, share, v128.and(f32x4.eq(lanes, label), all(1)));
    let pull = mul(t, slope);
    if (n == last) pull = v128.and(pull, real);
    v128.store(z + n, pull);
    pulls = add(pulls, pull);
  }
  pulls = total(pulls);
  for (let n: usize = 0; n <= last; n += 16) {
    const e = v128.load(powers + n);
    const own = v128.load(z + n);
    const away = f32x4.div(mul(e, f32x4.sub(pulls, own)), sum);
    v128.store(z + n, mul(f32x4.sub(mul(rest(e, others, sum), own), away), factor));
  }
}

/** 1 − p of the classes whose powers are e. */
@inline
function rest(e: v128, others: v128, sum: v128): v128 {
  return f32x4.div(v128.bitselect(others, f32x4.sub(sum, e), f32x4.ge(e, all(1))), sum);
}

/** The sum of the lanes in each of them. */
@inline
function total(x: v128): v128 {
  const pairs = add(x, i32x4.shuffle(x, x, 2, 3, 0, 1));
  return add(pairs, i32x4.shuffle(pairs, pairs, 1, 0, 3, 2));
}
