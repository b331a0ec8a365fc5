/** @file Natural logarithms of four numbers at once. */
import { add, all, madd, mul } from './math';

/** ln x for normal x > 0, to about 1e-7 of it: x = m·2ᵏ with m from √½ to √2. Of NaN it makes a number. */
@inline
export function log(x: v128): v128 {
  const k = i32x4.shr_s(i32x4.sub(x, i32x4.splat(0x3f3504f3)), 23);
  const m = i32x4.sub(x, i32x4.shl(k, 23));
  const s = f32x4.div(f32x4.sub(m, all(1)), add(m, all(1)));
  return madd(twiceAtanh(s), f32x4.convert_i32x4_s(k), all(0.6931471805599453));
}

/** ln(1 + x) for x ≥ 0, to about 2e-7 of it also where x is small; NaN goes through. */
@inline
export function log1p(x: v128): v128 {
  const near = twiceAtanh(f32x4.div(x, add(x, all(2))));
  return v128.bitselect(log(add(x, all(1))), near, f32x4.gt(x, all(1)));
}

/** 2·artanh s = ln((1 + s) / (1 − s)) for |s| ≤ 1/3: its series, 2s·Σ s²ⁱ/(2i + 1), up to i = 6. */
@inline
function twiceAtanh(s: v128): v128 {
  const y = mul(s, s);
  let p = madd(all(1 / 11), all(1 / 13), y);
  p = madd(all(1 / 9), p, y);
  p = madd(all(1 / 7), p, y);
  p = madd(all(1 / 5), p, y);
  p = madd(all(1 / 3), p, y);
  const twice = add(s, s);
  return madd(twice, mul(twice, y), p);
}
