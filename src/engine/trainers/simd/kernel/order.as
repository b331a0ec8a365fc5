/** @file The order of an epoch, number for number that of batches.ts: Fisher and Yates on Philox4x32-10 of random.ts. */

let word0: u32, word1: u32, word2: u32, word3: u32;

function philox(c0: u32, c1: u32, c2: u32, c3: u32, k0: u32): void {
  let k1: u32 = 0;
  for (let round = 0; round < 10; round++) {
    const product0 = <u64>0xd2511f53 * c0;
    const product1 = <u64>0xcd9e8d57 * c2;
    c0 = <u32>(product1 >> 32) ^ c1 ^ k0;
    c2 = <u32>(product0 >> 32) ^ c3 ^ k1;
    c1 = <u32>product1;
    c3 = <u32>product0;
    k0 += 0x9e3779b9;
    k1 += 0xbb67ae85;
  }
  word0 = c0;
  word1 = c1;
  word2 = c2;
  word3 = c3;
}

/** Writes the numbers 0 to size − 1 in random order, four bytes each. */
export function shuffle(order: usize, size: u32, seed: u32, purpose: u32, replica: u32, epoch: u32): void {
  for (let i: u32 = 0; i < size; i++) store<u32>(order + 4 * i, i);
  let drawn: u32 = 0;
  for (let i = size - 1; i > 0; i--) {
    const n = i + 1;
    // Words beyond the last whole multiple of n are redrawn.
    const surplus = <u32>((<u64>1 << 32) % n);
    let word: u32;
    do {
      if ((drawn & 3) == 0) philox(drawn >> 2, epoch, replica, purpose, seed);
      word = (drawn & 2) ? ((drawn & 1) ? word3 : word2) : (drawn & 1) ? word1 : word0;
      drawn++;
    } while (word > 0xffffffff - surplus);
    const a = order + 4 * i;
    const b = order + 4 * (word % n);
    const kept = load<u32>(a);
    store<u32>(a, load<u32>(b));
    store<u32>(b, kept);
  }
}
