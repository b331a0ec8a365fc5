/** @file The order of an epoch, number for number that of batches.ts: Fisher and Yates on the words of random.ts. */
import { words } from './random';

/** Sixteen words drawn ahead. */
const AHEAD = memory.data(64, 16);

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
      if ((drawn & 15) == 0) words(AHEAD, drawn >> 2, epoch, replica, purpose, seed);
      word = load<u32>(AHEAD + ((drawn & 15) << 2));
      drawn++;
    } while (word > 0xffffffff - surplus);
    const a = order + 4 * i;
    const b = order + 4 * (word % n);
    const kept = load<u32>(a);
    store<u32>(a, load<u32>(b));
    store<u32>(b, kept);
  }
}
