/**
 * @file Elementary functions of four numbers at once. NaN goes through; what overflows saturates. The coefficients are
 * minimax fits of our own, the relative error of the fit given with each; the tests say what rounding adds.
 */

@inline
export function add(a: v128, b: v128): v128 {
  return f32x4.add(a, b);
}
@inline
export function mul(a: v128, b: v128): v128 {
  return f32x4.mul(a, b);
}
/** a + b·c */
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(a, f32x4.mul(b, c));
}
@inline
export function all(x: f32): v128 {
  return f32x4.splat(x);
}
/** `pmax` and `pmin` in this order keep a NaN of x. */
@inline
export function clamp(x: v128, low: f32, high: f32): v128 {
  return f32x4.pmin(f32x4.pmax(x, all(low)), all(high));
}

/** −1, 0 or 1; NaN for NaN. */
@inline
export function sign(x: v128): v128 {
  const one = all(1);
  const s = f32x4.sub(v128.and(f32x4.gt(x, all(0)), one), v128.and(f32x4.lt(x, all(0)), one));
  return v128.bitselect(s, x, f32x4.eq(x, x));
}

/** Coefficients lie in memory: engines load a number into all lanes faster than they make a constant of four. */
const TANH = memory.data<f32>([
  1.3336827993003416e-8, 2.0596257948304854e-5, 0.003494810017868643, 0.13380370707699218, 0.9999999792491618,
  7.769274347904374e-7, 0.00032843615825346116, 0.025874022759459984, 0.46713686127915943, 1, -9.01, 9.01, -1,
]);

/**
 * Two vectors of tanh x in place: x·P(x²)/Q(x²), fit 2.1e-8; 1 from 9.01 on. Two at a time share the loading of the
 * coefficients, and the one fills the other's waits. Where the result is next to 1 its rounding errors add up to six
 * units in the last place (3.5e-7); a form by e^(2x), good to two, takes two thirds longer.
 */
@inline
export function tanhPair(at: usize): void {
  let k = v128.load32_splat(TANH, 40);
  let x0 = f32x4.pmax(v128.load(at), k);
  let x1 = f32x4.pmax(v128.load(at, 16), k);
  k = v128.load32_splat(TANH, 44);
  x0 = f32x4.pmin(x0, k);
  x1 = f32x4.pmin(x1, k);
  const y0 = mul(x0, x0);
  const y1 = mul(x1, x1);
  let p0 = v128.load32_splat(TANH);
  let p1 = p0;
  for (let i: usize = 4; i <= 16; i += 4) {
    k = v128.load32_splat(TANH + i);
    p0 = madd(k, p0, y0);
    p1 = madd(k, p1, y1);
  }
  let q0 = v128.load32_splat(TANH, 20);
  let q1 = q0;
  for (let i: usize = 24; i <= 36; i += 4) {
    k = v128.load32_splat(TANH + i);
    q0 = madd(k, q0, y0);
    q1 = madd(k, q1, y1);
  }
  const one = v128.load32_splat(TANH, 36);
  k = v128.load32_splat(TANH, 48);
  v128.store(at, f32x4.pmax(f32x4.pmin(f32x4.div(mul(x0, p0), q0), one), k));
  v128.store(at, f32x4.pmax(f32x4.pmin(f32x4.div(mul(x1, p1), q1), one), k), 16);
}

/** e^(x + δ) for a small correction δ: 2ᵏ·eʳ with |r| ≤ ln 2 / 2, fit 3.1e-9; 0 below −104, ∞ above 89. */
@inline
export function expSum(x: v128, delta: v128): v128 {
  const c = clamp(x, -104, 89);
  // Next to 1.5·2²³ float32 knows whole numbers only: the sum rounds, and its last bits are k.
  const rounded = madd(all(12582912), c, all(1.4426950408889634));
  const k = f32x4.sub(rounded, all(12582912));
  // ln 2 in two parts, the first of 15 bits: k times it is exact.
  const r = add(f32x4.sub(f32x4.sub(c, mul(k, all(0.693145751953125))), mul(k, all(1.4286068203094172e-6))), delta);
  let p = madd(all(0.00836871688625906), all(0.0013814598488446767), r);
  p = madd(all(0.04166838804855488), p, r);
  p = madd(all(0.16666520631638876), p, r);
  p = madd(all(0.4999999344778046), p, r);
  p = add(madd(r, mul(r, r), p), all(1));
  // In two steps, since neither 2^128 nor 2^−150 is a number.
  const whole = i32x4.sub(rounded, all(12582912));
  const half = i32x4.shr_s(whole, 1);
  return mul(mul(p, power(half)), power(i32x4.sub(whole, half)));
}

@inline
export function exp(x: v128): v128 {
  return expSum(x, all(0));
}

/** 2ᵏ for whole numbers k from −126 to 127. */
@inline
function power(k: v128): v128 {
  return i32x4.shl(i32x4.add(k, i32x4.splat(127)), 23);
}

@inline
export function sigmoid(x: v128): v128 {
  return f32x4.div(all(1), add(all(1), exp(f32x4.neg(x))));
}

/**
 * e^(−z²/2). The square is taken in two parts, since its rounding error would be the result's relative error many times
 * over: z = h + l with h of 12 bits, so that h² is exact and z² = h² + l(z + h).
 */
@inline
export function bell(z: v128): v128 {
  const c = clamp(z, -15, 15);
  const h = v128.and(c, i32x4.splat(0xfffff000));
  const rest = mul(f32x4.sub(c, h), add(c, h));
  return expSum(mul(all(-0.5), mul(h, h)), mul(all(-0.5), rest));
}

/** The normal distribution function Φ(z), given e^(−z²/2): its tail is that times P(|z|)/Q(|z|), fit 5.8e-9. */
@inline
export function Phi(z: v128, bell: v128): v128 {
  const x = f32x4.pmin(f32x4.abs(z), all(15));
  let p = madd(all(0.040530471282260006), all(0.004101038386775492), x);
  p = madd(all(0.1829304971324974), p, x);
  p = madd(all(0.437883992116519), p, x);
  p = madd(all(0.5000000028762351), p, x);
  let q = madd(all(0.10160141344447819), all(0.010279655546718692), x);
  q = madd(all(0.4686663381033904), q, x);
  q = madd(all(1.201238165400575), q, x);
  q = madd(all(1.6736529551405384), q, x);
  q = madd(all(1), q, x);
  const tail = f32x4.div(mul(bell, p), q);
  return v128.bitselect(f32x4.sub(all(1), tail), tail, f32x4.gt(z, all(0)));
}
