/** @file The normal numbers of the kernel. */
import { expect, it } from 'vitest';
import { inverseNormal } from '../../../../datasets/special.ts';
import { openGpu } from '../../devices/gpu.ts';
import { stream } from '../../random.ts';
import { NOISE_WGSL } from './disturbance.ts';
import { evaluate } from './wgsl.testing.ts';

it('makes a normal number of every kind of word, the outermost ones too, to 2e-6', async () => {
  const numbers = stream(1, 'train', 0, 0);
  // Both ends, the middle, where the branches meet (0.075 and 0.925), and any others.
  const meeting = Math.floor(0.075 * 2 ** 32);
  const words = Uint32Array.of(
    ...[0, 1, 2, 2 ** 16, meeting, meeting + 1, 2 ** 31 - 2, 2 ** 31 - 1],
    ...[2 ** 31, 2 ** 31 + 1, 2 ** 32 - 1 - meeting, 2 ** 32 - meeting, 2 ** 32 - 65536, 2 ** 32 - 2, 2 ** 32 - 1, 77],
    ...Array.from({ length: 4000 }, () => numbers.word()),
  );
  const { device } = await openGpu();
  const alone = NOISE_WGSL.slice(0, NOISE_WGSL.indexOf('fn noiseOf'));
  const got = await evaluate(device, alone, 'normalsOf(words[at])', words.buffer);
  words.forEach((word, i) => {
    const z = inverseNormal((word + 0.5) / 2 ** 32);
    // 1e-7 of the approximation, and what a float32 logarithm and seven products leave.
    expect(Math.abs(got[i]! - z) / Math.abs(z)).toBeLessThan(2e-6);
  });
});
