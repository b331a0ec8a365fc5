/** @file Standard normal numbers by inversion, as special.ts has them. */
import { add, all, madd, mul } from './math';
import { log } from './logarithms';

/**
 * Turns words into the normal numbers whose distribution function is (word + ½) / 2³², for some vectors of four. The
 * rational approximations are Wichura's PPND7 (Algorithm AS 241, 1988), good to 1e-7; from a word's half comes the
 * distance to the nearer end, which keeps its digits, and none is so far out that the third of them were needed.
 */
export function normals(words: usize, vectors: i32): void {
  const end = words + (<usize>vectors << 4);
  for (; words < end; words += 16) v128.store(words, normal(v128.load(words)));
}

@inline
function normal(word: v128): v128 {
  const q = fraction(f32x4.convert_i32x4_s(v128.xor(word, i32x4.splat(0x80000000))));
  const p = fraction(f32x4.convert_i32x4_u(i32x4.min_u(word, v128.not(word))));
  const tail = shoulder(f32x4.sub(f32x4.sqrt(f32x4.neg(log(p))), all(1.6)));
  const signed = v128.bitselect(f32x4.neg(tail), tail, f32x4.lt(q, all(0)));
  const middle = mul(q, centre(f32x4.sub(all(0.180625), mul(q, q))));
  return v128.bitselect(middle, signed, f32x4.le(f32x4.abs(q), all(0.425)));
}

/** (n + ½) / 2³² */
@inline
function fraction(n: v128): v128 {
  return mul(add(n, all(0.5)), all(2.3283064365386963e-10));
}

@inline
function centre(r: v128): v128 {
  let a = madd(all(159.29113202), all(59.10937472), r);
  a = madd(all(50.434271938), a, r);
  a = madd(all(3.3871327179), a, r);
  let b = madd(all(78.757757664), all(67.1875636), r);
  b = madd(all(17.895169469), b, r);
  b = madd(all(1), b, r);
  return f32x4.div(a, b);
}

@inline
function shoulder(r: v128): v128 {
  let c = madd(all(1.3067284816), all(0.17023821103), r);
  c = madd(all(2.75681539), c, r);
  c = madd(all(1.4234372777), c, r);
  let d = madd(all(0.7370016425), all(0.12021132975), r);
  d = madd(all(1), d, r);
  return f32x4.div(c, d);
}
