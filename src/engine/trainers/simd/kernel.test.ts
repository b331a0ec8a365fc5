/** @file The kernel's functions against float64, and its random order against that of the experiment. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTIVATION_NAMES, ACTIVATIONS } from '../../model/activations.ts';
import { ACTIVATION_KINDS } from './kinds.ts';
import { inverseNormal } from '../../../../datasets/special.ts';
import { endOf } from '../../model/layer-norm.ts';
import { philox, PURPOSES, stream } from '../../random.ts';
import { jobOf } from '../trainer.testing.ts';
import { compileKernel } from './compile.ts';
import { startKernel } from './kernel.ts';
import { Arena } from './memory.ts';
import { writePlan } from './plan.ts';

const PAGES = 3;
const POINTS = 2 ** 14;
const memory = new WebAssembly.Memory({ initial: PAGES });
const module = await compileKernel();
const kernel = startKernel(module, memory);
const [z, slopes] = [4 * POINTS, 8 * POINTS];

function activated(kind: number, x: Float32Array): { value: Float32Array; slope: Float32Array } {
  const value = new Float32Array(memory.buffer, z, x.length);
  value.set(x);
  kernel.activate(kind, z, slopes, x.length / 4);
  return { value: value.slice(), slope: new Float32Array(memory.buffer, slopes, x.length).slice() };
}

const grid = (from: number, to: number) =>
  Float32Array.from({ length: POINTS }, (_, i) => from + ((to - from) * i) / POINTS);

describe.each(ACTIVATION_NAMES)('%s', (name) => {
  const kind = ACTIVATION_KINDS[name];
  const { value, slope } = ACTIVATIONS[name];

  it.each([
    [-20, 20],
    [-1, 1],
    [-0.001, 0.001],
  ])('is what float64 says between %d and %d', (from, to) => {
    const x = grid(from, to);
    const got = activated(kind, x);
    let [worst, worstSlope] = [0, 0];
    x.forEach((xi, i) => {
      const [a, s] = [value(xi), slope(xi, value(xi))];
      // Relative error; below −4 the reference's own Φ loses its digits.
      if (a !== 0 && (name !== 'gelu' || xi > -4)) worst = Math.max(worst, Math.abs(got.value[i]! / a - 1));
      worstSlope = Math.max(worstSlope, Math.abs(got.slope[i]! - s));
    });
    // Six units in the last place of numbers below 1; the slope 1 − a² has twice the error of a.
    expect(worst).toBeLessThan(3.6e-7);
    expect(worstSlope).toBeLessThan(7e-7);
  });

  it('saturates, and lets NaN through', () => {
    const x = Float32Array.of(NaN, 1e30, -1e30, 0, 200, -200, NaN, 0);
    const got = activated(kind, x).value;
    expect(got[0]).toBeNaN();
    expect(got[6]).toBeNaN();
    if (name === 'tanh') expect(Math.max(...activated(kind, grid(7, 10)).value)).toBe(1);
    for (const i of [1, 2, 3, 4, 5]) expect(got[i]! + 0).toBe(Math.fround(value(x[i]!)) + 0);
  });
});

it('shuffles as the experiment does', () => {
  const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), word, fc.nat(255), fc.nat(1e6), (size, seed, replica, epoch) => {
      kernel.shuffle(z, size, seed, PURPOSES.indexOf('order'), replica, epoch);
      const got = new Int32Array(memory.buffer, z, size);
      expect(got).toEqual(stream(seed, 'order', replica, epoch).permutation(size));
    }),
    { numRuns: 50 },
  );
});

it('draws the words of blocks that lie in rows', () => {
  const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  const size = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(size, size, fc.nat(7), word, word, word, fc.nat(7), word, (rows, width, gap, first, ...counters) => {
      kernel.wordRows(z, rows, width, first, width + gap, ...counters);
      const got = new Uint32Array(memory.buffer, z, 4 * rows * width);
      const expected = new Uint32Array(4);
      for (let i = 0; i < rows * width; i++) {
        const block = first + Math.floor(i / width) * (width + gap) + (i % width);
        const [epoch, replica, purpose, seed] = counters;
        philox(block, epoch, replica, purpose, seed, 0, expected);
        expect(got.subarray(4 * i, 4 * i + 4)).toEqual(expected);
      }
    }),
    { numRuns: 100 },
  );
});

it('turns words into normal numbers by inversion', () => {
  const numbers = stream(5, 'train', 0, 0);
  const spread = Array.from({ length: POINTS - 37 }, () => numbers.word());
  // Both ends, both sides of the middle, and where one approximation takes over from the other (p = 0.075).
  const seams = [0, 0.075 * 2 ** 32, 2 ** 31, 0.925 * 2 ** 32, 2 ** 32 - 1];
  const near = seams.flatMap((at) => Array.from({ length: 9 }, (_, i) => Math.floor(at) + i - 4));
  const all = Uint32Array.from([...spread, ...near.filter((word) => word >= 0 && word < 2 ** 32)]);
  new Uint32Array(memory.buffer, z, all.length).set(all);
  kernel.normals(z, all.length / 4);
  const got = new Float32Array(memory.buffer, z, all.length);
  const errors = Array.from(all, (word, i) => Math.abs(got[i]! / inverseNormal((word + 0.5) / 2 ** 32) - 1));
  // The approximation is good to 1e-7; float32 adds a few units in the last place.
  expect(Math.max(...errors)).toBeLessThan(1e-6);
});

it('shortens the incoming weights of units that are too long, and nothing else', () => {
  const { experiment, layout } = jobOf({ features: 6, outputs: 3, model: { hidden: [7, 5], layerNorm: true } });
  const own = new WebAssembly.Memory({ initial: 1 });
  const { limitNorms, pack, unpack, free } = startKernel(module, own);
  const arena = new Arena(own, free.value);
  const plan = writePlan(arena, experiment, layout, 1);
  const [held, flat] = [arena.take(plan.held), arena.take(layout.parameters)];
  const numbers = stream(3, 'weights', 0, 0);
  const before = Float32Array.from({ length: layout.parameters }, () => numbers.normal());
  const { weights, outputs } = layout.layers[1]!;
  // Too large for the square of a float32, and none at all.
  [before[weights + 1], before[weights + outputs + 2]] = [1e30, NaN];
  arena.view(flat, before.length).set(before);
  unpack(plan.at, flat, held);
  limitNorms(plan.at, held, 2.2);
  pack(plan.at, held, flat);
  const after = arena.view(flat, before.length);
  let shortened = 0;
  for (const layer of layout.layers) {
    const { inputs, outputs, weights, biases } = layer;
    expect(after.slice(biases, endOf(layer))).toEqual(before.slice(biases, endOf(layer)));
    for (let unit = 0; unit < outputs; unit++) {
      const incoming = Array.from({ length: inputs }, (_, i) => weights + i * outputs + unit);
      const norm = Math.hypot(...incoming.map((i) => before[i]!));
      if (norm > 2.2) shortened++;
      for (const i of incoming) {
        if (norm > 2.2) expect(Math.abs(after[i]! - (before[i]! * 2.2) / norm)).toBeLessThan(1e-6);
        else expect(after[i]).toBe(before[i]);
      }
    }
  }
  expect(shortened).toBeGreaterThan(3);
  expect(shortened).toBeLessThan(14);
});
