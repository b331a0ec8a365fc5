/** @file Philox4x32-10 of random.ts, four blocks of four words at once. */

const COUNTERS = memory.data(16, 16);

/** Writes the words of blocks `block` to `block + 3` one behind the other. */
export function words(to: usize, block: u32, epoch: u32, replica: u32, purpose: u32, seed: u32): void {
  philox(to, i32x4.add(i32x4.splat(block), i32x4(0, 1, 2, 3)), epoch, replica, purpose, seed);
}

/**
 * Writes the words of `rows` × `width` blocks: those of a row stand beside one another, `stride` after those of the row
 * before it. The number of blocks is filled up to fours.
 */
export function wordRows(
  to: usize, rows: i32, width: i32, first: u32, stride: u32, epoch: u32, replica: u32, purpose: u32, seed: u32,
): void {
  let block = first;
  let column = 0;
  for (let left = rows * width; left > 0; left -= 4, to += 64) {
    for (let lane: usize = 0; lane < 16; lane += 4) {
      store<u32>(COUNTERS + lane, block++);
      if (++column < width) continue;
      column = 0;
      block += stride - width;
    }
    philox(to, v128.load(COUNTERS), epoch, replica, purpose, seed);
  }
}

function philox(to: usize, c0: v128, epoch: u32, replica: u32, purpose: u32, seed: u32): void {
  let c1 = i32x4.splat(epoch);
  let c2 = i32x4.splat(replica);
  let c3 = i32x4.splat(purpose);
  let k0 = i32x4.splat(seed);
  let k1 = i32x4.splat(0);
  const m0 = i32x4.splat(0xd2511f53);
  const m1 = i32x4.splat(0xcd9e8d57);
  for (let round = 0; round < 10; round++) {
    // Products of two lanes each, 64 bits long.
    const p0 = i64x2.extmul_low_i32x4_u(c0, m0);
    const q0 = i64x2.extmul_high_i32x4_u(c0, m0);
    const p1 = i64x2.extmul_low_i32x4_u(c2, m1);
    const q1 = i64x2.extmul_high_i32x4_u(c2, m1);
    c0 = v128.xor(v128.xor(i32x4.shuffle(p1, q1, 1, 3, 5, 7), c1), k0);
    c2 = v128.xor(v128.xor(i32x4.shuffle(p0, q0, 1, 3, 5, 7), c3), k1);
    c1 = i32x4.shuffle(p1, q1, 0, 2, 4, 6);
    c3 = i32x4.shuffle(p0, q0, 0, 2, 4, 6);
    k0 = i32x4.add(k0, i32x4.splat(0x9e3779b9));
    k1 = i32x4.add(k1, i32x4.splat(0xbb67ae85));
  }
  // Words of four blocks → blocks of four words.
  const a01 = i32x4.shuffle(c0, c1, 0, 4, 1, 5);
  const b01 = i32x4.shuffle(c2, c3, 0, 4, 1, 5);
  const a23 = i32x4.shuffle(c0, c1, 2, 6, 3, 7);
  const b23 = i32x4.shuffle(c2, c3, 2, 6, 3, 7);
  v128.store(to, i32x4.shuffle(a01, b01, 0, 1, 4, 5));
  v128.store(to, i32x4.shuffle(a01, b01, 2, 3, 6, 7), 16);
  v128.store(to, i32x4.shuffle(a23, b23, 0, 1, 4, 5), 32);
  v128.store(to, i32x4.shuffle(a23, b23, 2, 3, 6, 7), 48);
}
