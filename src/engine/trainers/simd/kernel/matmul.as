/** @file The one product behind the forward pass and the gradients, in blocks that fill the vector registers. */
import { add, all, madd } from './math';

/**
 * C[m, n] = C₀[m, n] + Σₖ A[m, k]·B[k, n] for `rows` m, `depth` k and n in `vectors` of four. Rows of B, C and C₀ are
 * contiguous; A has any strides, so that it may be a transpose. Strides are in bytes. The sum over k runs in order and
 * is added to C₀ at the end: a number does not depend on the block that it falls into.
 */
export function matmul(
  c: usize, cRow: usize, c0: usize, c0Row: usize,
  a: usize, aRow: usize, aStep: usize,
  b: usize, bRow: usize,
  rows: i32, depth: i32, vectors: i32,
): void {
  for (; rows >= 4; rows -= 4) {
    let n: usize = 0;
    let left = vectors;
    for (; left >= 2; left -= 2, n += 32) block4x2(c + n, cRow, c0 + n, c0Row, a, aRow, aStep, b + n, bRow, depth);
    if (left) block4x1(c + n, cRow, c0 + n, c0Row, a, aRow, aStep, b + n, bRow, depth);
    c += 4 * cRow;
    c0 += 4 * c0Row;
    a += 4 * aRow;
  }
  for (; rows > 0; rows--) {
    let n: usize = 0;
    let left = vectors;
    for (; left >= 4; left -= 4, n += 64) block1x4(c + n, c0 + n, a, aStep, b + n, bRow, depth);
    for (; left > 0; left--, n += 16) block1x1(c + n, c0 + n, a, aStep, b + n, bRow, depth);
    c += cRow;
    c0 += c0Row;
    a += aRow;
  }
}

@inline
function finish(c: usize, c0: usize, sum: v128): void {
  v128.store(c, add(v128.load(c0), sum));
}

@inline
function block4x2(
  c: usize, cRow: usize, c0: usize, c0Row: usize, a: usize, aRow: usize, aStep: usize, b: usize, bRow: usize, depth: i32,
): void {
  let s00 = all(0), s01 = all(0), s10 = all(0), s11 = all(0);
  let s20 = all(0), s21 = all(0), s30 = all(0), s31 = all(0);
  let a1 = a + aRow, a2 = a1 + aRow, a3 = a2 + aRow;
  for (let k = depth; k > 0; k--) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const x0 = v128.load32_splat(a);
    s00 = madd(s00, x0, b0);
    s01 = madd(s01, x0, b1);
    const x1 = v128.load32_splat(a1);
    s10 = madd(s10, x1, b0);
    s11 = madd(s11, x1, b1);
    const x2 = v128.load32_splat(a2);
    s20 = madd(s20, x2, b0);
    s21 = madd(s21, x2, b1);
    const x3 = v128.load32_splat(a3);
    s30 = madd(s30, x3, b0);
    s31 = madd(s31, x3, b1);
    a += aStep;
    a1 += aStep;
    a2 += aStep;
    a3 += aStep;
    b += bRow;
  }
  finish(c, c0, s00);
  finish(c + 16, c0 + 16, s01);
  c += cRow;
  c0 += c0Row;
  finish(c, c0, s10);
  finish(c + 16, c0 + 16, s11);
  c += cRow;
  c0 += c0Row;
  finish(c, c0, s20);
  finish(c + 16, c0 + 16, s21);
  c += cRow;
  c0 += c0Row;
  finish(c, c0, s30);
  finish(c + 16, c0 + 16, s31);
}

@inline
function block4x1(
  c: usize, cRow: usize, c0: usize, c0Row: usize, a: usize, aRow: usize, aStep: usize, b: usize, bRow: usize, depth: i32,
): void {
  let s0 = all(0), s1 = all(0), s2 = all(0), s3 = all(0);
  let a1 = a + aRow, a2 = a1 + aRow, a3 = a2 + aRow;
  for (let k = depth; k > 0; k--) {
    const b0 = v128.load(b);
    s0 = madd(s0, v128.load32_splat(a), b0);
    s1 = madd(s1, v128.load32_splat(a1), b0);
    s2 = madd(s2, v128.load32_splat(a2), b0);
    s3 = madd(s3, v128.load32_splat(a3), b0);
    a += aStep;
    a1 += aStep;
    a2 += aStep;
    a3 += aStep;
    b += bRow;
  }
  finish(c, c0, s0);
  finish(c + cRow, c0 + c0Row, s1);
  finish(c + 2 * cRow, c0 + 2 * c0Row, s2);
  finish(c + 3 * cRow, c0 + 3 * c0Row, s3);
}

@inline
function block1x4(c: usize, c0: usize, a: usize, aStep: usize, b: usize, bRow: usize, depth: i32): void {
  let s0 = all(0), s1 = all(0), s2 = all(0), s3 = all(0);
  for (let k = depth; k > 0; k--) {
    const x = v128.load32_splat(a);
    s0 = madd(s0, x, v128.load(b));
    s1 = madd(s1, x, v128.load(b, 16));
    s2 = madd(s2, x, v128.load(b, 32));
    s3 = madd(s3, x, v128.load(b, 48));
    a += aStep;
    b += bRow;
  }
  finish(c, c0, s0);
  finish(c + 16, c0 + 16, s1);
  finish(c + 32, c0 + 32, s2);
  finish(c + 48, c0 + 48, s3);
}

@inline
function block1x1(c: usize, c0: usize, a: usize, aStep: usize, b: usize, bRow: usize, depth: i32): void {
  let s = all(0);
  for (let k = depth; k > 0; k--) {
    s = madd(s, v128.load32_splat(a), v128.load(b));
    a += aStep;
    b += bRow;
  }
  finish(c, c0, s);
}
