/** @file Finds leakage that was not asked for: validation and test points that the same replica also trains on. */
import type { Replicas } from './replicas.ts';

export interface Leakage {
  /** `[R]`: share of each replica's validation points that equal one of its training points, inputs and target. */
  validation: Float64Array;
  /** `[R]`: the same for the test points; zero for a known law, whose test points are no draws. */
  test: Float64Array;
}

/** Points `[n, D + 1]` as bits: the inputs as the network sees them, and the target. */
interface Points {
  size: number;
  words: Uint32Array;
  hashes: Uint32Array;
}

/**
 * Counts by hashing, about one step for each number of the data. Rows of a file that appear in it more than once, and
 * `data.leakage`, are found; rows whose target was changed for one of the two are not equal any more.
 */
export function leakageOf({ count, features, train, validation, test, outputs }: Replicas): Leakage {
  const found = { validation: new Float64Array(count), test: new Float64Array(count) };
  const width = features + 1;
  const labels = test.known ? null : labelsOf(test.target, outputs);
  const held = labels && pointsOf(test.x, labels, features);
  // At most half full, so that searches stay short.
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * train.size)));
  for (let r = 0; r < count; r++) {
    const own = pointsOf(part(train.x, r, train.size * features), part(train.y, r, train.size), features);
    slots.fill(-1);
    for (let i = 0; i < own.size; i++) {
      const slot = find(slots, own, own, i, width);
      if (slots[slot] === -1) slots[slot] = i;
    }
    const share = (points: Points) => {
      let equal = 0;
      for (let i = 0; i < points.size; i++) if (slots[find(slots, own, points, i, width)] !== -1) equal++;
      return equal / points.size;
    };
    const { size } = validation;
    found.validation[r] = share(
      pointsOf(part(validation.x, r, size * features), part(validation.y, r, size), features),
    );
    if (held) found.test[r] = share(held);
  }
  return found;
}

const part = (numbers: Float32Array, r: number, length: number) => numbers.subarray(r * length, (r + 1) * length);

/** The targets of a table's test as its training points have them: the value, or the class index. */
function labelsOf(target: Float64Array, outputs: number): Float32Array {
  if (outputs === 1) return Float32Array.from(target);
  return Float32Array.from({ length: target.length / outputs }, (_, i) =>
    target.subarray(i * outputs, (i + 1) * outputs).indexOf(1),
  );
}

function pointsOf(x: Float32Array, y: Float32Array, features: number): Points {
  const width = features + 1;
  const numbers = new Float32Array(y.length * width);
  const words = new Uint32Array(numbers.buffer);
  const hashes = new Uint32Array(y.length);
  for (let i = 0; i < y.length; i++) {
    const at = i * width;
    for (let j = 0; j < features; j++) numbers[at + j] = x[i * features + j]!;
    numbers[at + features] = y[i]!;
    let hash = 0;
    for (let j = 0; j < width; j++) hash = mixed(hash ^ words[at + j]!);
    hashes[i] = hash;
  }
  return { size: y.length, words, hashes };
}

/** Every bit of the result depends on every bit given: the finalizer of MurmurHash3 (Appleby, public domain). */
function mixed(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** The slot that holds an equal of point i, or the free one where it would stand. */
function find(slots: Int32Array, own: Points, points: Points, i: number, width: number): number {
  const last = slots.length - 1;
  let slot = points.hashes[i]! & last;
  for (; slots[slot] !== -1; slot = (slot + 1) & last) {
    const other = slots[slot]!;
    if (own.hashes[other] === points.hashes[i] && equalWords(own.words, other * width, points.words, i * width, width))
      break;
  }
  return slot;
}

function equalWords(a: Uint32Array, aAt: number, b: Uint32Array, bAt: number, width: number): boolean {
  for (let j = 0; j < width; j++) if (a[aAt + j] !== b[bAt + j]) return false;
  return true;
}
