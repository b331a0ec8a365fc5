/** @file The kernel's functions against float64, and its random order against that of the experiment. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTIVATION_FUNCTIONS } from '../../activations.ts';
import { ACTIVATIONS } from '../../experiment.ts';
import { PURPOSES, stream } from '../../random.ts';
import { compileKernel } from './compile.ts';
import { startKernel } from './kernel.ts';

const PAGES = 3;
const POINTS = 2 ** 14;
const memory = new WebAssembly.Memory({ initial: PAGES });
const kernel = startKernel(await compileKernel(), memory);
const [z, slopes] = [4 * POINTS, 8 * POINTS];

function activated(kind: number, x: Float32Array): { value: Float32Array; slope: Float32Array } {
  const value = new Float32Array(memory.buffer, z, x.length);
  value.set(x);
  kernel.activate(kind, z, slopes, x.length / 4);
  return { value: value.slice(), slope: new Float32Array(memory.buffer, slopes, x.length).slice() };
}

const grid = (from: number, to: number) =>
  Float32Array.from({ length: POINTS }, (_, i) => from + ((to - from) * i) / POINTS);

describe.each(ACTIVATIONS.map((name, kind) => [name, kind] as const))('%s', (name, kind) => {
  const { value, slope } = ACTIVATION_FUNCTIONS[name];

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
