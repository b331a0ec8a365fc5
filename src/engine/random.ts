/**
 * @file The only randomness: Philox4x32-10, a counter-based generator (Salmon, Moraes, Dror, Shaw: Parallel random
 * numbers: as easy as 1, 2, 3, SC 2011). A number depends on (seed, purpose, replica, step) and its place in that
 * stream, never on what was drawn elsewhere; integer arithmetic makes it the same everywhere.
 */
import type { NumberSource } from '../../datasets/contract.ts';
import { inverseNormal } from '../../datasets/special.ts';

/** What numbers are drawn for. The position in this list is part of the counter: append, never reorder. */
export const PURPOSES = [
  'train',
  'validation',
  'weights',
  'order',
  'split',
  'bootstrap',
  'dropout',
  'input-noise',
  'train-outliers',
  'validation-outliers',
  'train-labels',
  'validation-labels',
  'train-imbalance',
  'validation-imbalance',
  'table-imbalance',
  'leakage',
  'shift',
  'test-noise',
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Numbers drawn at each call: four 32-bit words. */
type Words = Uint32Array;

/** The upper 32 bits of the product of two 32-bit words, from 16-bit halves. */
function multiplyHigh(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const low = a0 * b1 + (middle & 0xffff);
  return (a1 * b1 + (middle >>> 16) + (low >>> 16)) | 0;
}

/** Ten rounds: writes the four words that belong to a counter and a key into `out`. */
export function philox(c0: number, c1: number, c2: number, c3: number, k0: number, k1: number, out: Words): void {
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, c0);
    const high1 = multiplyHigh(0xcd9e8d57, c2);
    const low0 = Math.imul(0xd2511f53, c0);
    const low1 = Math.imul(0xcd9e8d57, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

export class RandomStream implements NumberSource {
  readonly #words: Words = new Uint32Array(4);
  #block = 0;
  #next = 4;

  /** Counter (block, step, replica, purpose), key (seed, 0): 2³² blocks of four numbers in each stream. */
  constructor(
    readonly seed: number,
    readonly purpose: number,
    readonly replica: number,
    readonly step: number,
  ) {}

  /** 32 random bits as a whole number from 0 to 2³² − 1. */
  word(): number {
    if (this.#next === 4) {
      philox(this.#block++, this.step, this.replica, this.purpose, this.seed, 0, this.#words);
      this.#next = 0;
    }
    return this.#words[this.#next++]!;
  }

  /** In the open interval (0, 1): the midpoints of 2³² equal cells. */
  uniform(): number {
    return (this.word() + 0.5) / 4294967296;
  }

  /** Standard normal, one uniform each, by inversion. */
  normal(): number {
    return inverseNormal(this.uniform());
  }

  /** Whole number from 0 to n − 1, every one equally likely: words beyond the last whole multiple of n are redrawn. */
  integer(n: number): number {
    if (!(Number.isInteger(n) && n >= 1 && n <= 4294967296))
      throw new RangeError(`integer(${n}): n must be from 1 to 2^32`);
    const end = 4294967296 - (4294967296 % n);
    let word = this.word();
    while (word >= end) word = this.word();
    return word % n;
  }

  /** k different numbers from 0 to n − 1 in random order: k steps of Fisher and Yates that note only what they move. */
  sample(n: number, k: number): Int32Array {
    const moved = new Map<number, number>();
    return Int32Array.from({ length: k }, (_, i) => {
      const j = i + this.integer(n - i);
      const chosen = moved.get(j) ?? j;
      moved.set(j, moved.get(i) ?? i);
      return chosen;
    });
  }

  /** The numbers 0 to n − 1 in random order (Fisher and Yates). */
  permutation(n: number): Int32Array {
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const kept = order[i]!;
      order[i] = order[j]!;
      order[j] = kept;
    }
    return order;
  }
}

/** The numbers of one purpose, replica and step (0 to 2³² − 1 each) under a seed, from their beginning. */
export function stream(seed: number, purpose: Purpose, replica: number, step: number): RandomStream {
  return new RandomStream(seed, PURPOSES.indexOf(purpose), replica, step);
}
