/** @file The generator against the published known answers, and its draws against what they should be. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PURPOSES, philox, stream } from './random.ts';

const whole = { min: 0, max: 2 ** 32 - 1 };

describe('sample', () => {
  it('gives different numbers, every one of them equally often and in every place', () => {
    const counts = new Float64Array(5 * 3);
    for (let replica = 0; replica < 10000; replica++) {
      const chosen = stream(3, 'split', replica, 0).sample(5, 3);
      expect(new Set(chosen).size).toBe(3);
      chosen.forEach((value, place) => counts[value * 3 + place]!++);
    }
    // Each of 15 cells is binomial(10000, 1/5) with sd 40; five sd are passed once in a hundred thousand runs.
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  it('is a whole permutation for k = n', () => {
    expect([...stream(3, 'split', 0, 0).sample(50, 50)].sort((a, b) => a - b)).toEqual([...Array(50).keys()]);
  });
});

describe('Philox4x32-10', () => {
  // The lines "philox4x32 10" of the file kat_vectors of Random123: counter, key, result.
  it.each([
    '00000000 00000000 00000000 00000000 00000000 00000000 6627e8d5 e169c58d bc57ac4c 9b00dbd8',
    'ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff 408f276d 41c83b0e a20bc7c6 6d5451fd',
    '243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0 d16cfe09 94fdcceb 5001e420 24126ea1',
  ])('gives the published answer to %s', (line) => {
    const [c0, c1, c2, c3, k0, k1, ...answer] = line.split(' ').map((word) => parseInt(word, 16)) as [
      number,
      number,
      number,
      number,
      number,
      number,
      ...number[],
    ];
    const out = new Uint32Array(4);
    philox(c0, c1, c2, c3, k0, k1, out);
    expect([...out]).toEqual(answer);
  });

  it('streams the blocks of its counter in order', () => {
    const s = stream(7, 'order', 3, 11);
    const out = new Uint32Array(4);
    for (let block = 0; block < 3; block++) {
      philox(block, 11, 3, PURPOSES.indexOf('order'), 7, 0, out);
      for (const word of out) expect(s.word()).toBe(word);
    }
  });
});

describe('RandomStream', () => {
  it('repeats itself, and differs in any of seed, purpose, replica and step', () => {
    fc.assert(
      fc.property(
        fc.nat(whole),
        fc.constantFrom(...PURPOSES),
        fc.nat(whole),
        fc.nat(whole),
        (seed, purpose, replica, step) => {
          const first = (s: ReturnType<typeof stream>) => Array.from({ length: 4 }, () => s.word()).join();
          const other = PURPOSES[(PURPOSES.indexOf(purpose) + 1) % PURPOSES.length]!;
          const drawn = [
            stream(seed, purpose, replica, step),
            stream(seed ^ 1, purpose, replica, step),
            stream(seed, other, replica, step),
            stream(seed, purpose, replica ^ 1, step),
            stream(seed, purpose, replica, step ^ 1),
          ].map(first);
          expect(new Set(drawn).size).toBe(5);
          expect(first(stream(seed, purpose, replica, step))).toBe(drawn[0]);
        },
      ),
    );
  });

  it('is uniform', () => {
    const s = stream(1, 'train', 0, 0);
    const n = 100_000;
    const cells = new Float64Array(20);
    for (let i = 0; i < n; i++) {
      const u = s.uniform();
      cells[Math.floor(u * 20)]!++;
    }
    const chi2 = cells.reduce((sum, count) => sum + (count - n / 20) ** 2 / (n / 20), 0);
    expect(chi2).toBeLessThan(43.8); // 19 degrees of freedom, p = 0.001; the draw is fixed by its seed
  });

  it('has the moments of a standard normal', () => {
    const s = stream(1, 'validation', 0, 0);
    const n = 200_000;
    const sums = [0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      const z = s.normal();
      for (let k = 0; k < 4; k++) sums[k]! += z ** (k + 1) / n;
    }
    // Four standard errors: the variances of z, z², z³, z⁴ are 1, 2, 15, 96.
    [0, 1, 0, 3].forEach((moment, k) =>
      expect(Math.abs(sums[k]! - moment)).toBeLessThan(4 * Math.sqrt([1, 2, 15, 96][k]! / n)),
    );
  });

  // Within one unit in the last place of the same four computed with 30 digits (mpmath) from a second Philox.
  it('pins drawn normals bit for bit, so that no platform drifts unseen', () => {
    const s = stream(7, 'weights', 0, 0);
    expect(Array.from({ length: 4 }, () => s.normal())).toEqual([
      -0.798951896023485, 0.7935541469243932, -1.4301766527964686, -0.21073229651549272,
    ]);
  });

  it('draws whole numbers without bias and refuses nonsense', () => {
    const s = stream(3, 'bootstrap', 0, 0);
    const n = 60_000;
    const counts = new Float64Array(7);
    for (let i = 0; i < n; i++) counts[s.integer(7)]!++;
    const chi2 = counts.reduce((sum, count) => sum + (count - n / 7) ** 2 / (n / 7), 0);
    expect(chi2).toBeLessThan(22.5); // 6 degrees of freedom, p = 0.001
    // Just over half of all words: without the redraw the lower numbers would come twice as often as the upper ones.
    const big = 2 ** 31 + 2 ** 30;
    let low = 0;
    for (let i = 0; i < 20_000; i++) low += s.integer(big) < 2 ** 30 ? 1 : 0;
    expect(Math.abs(low / 20_000 - 1 / 3)).toBeLessThan(4 * Math.sqrt(2 / 9 / 20_000));
    expect(s.integer(1)).toBe(0);
    for (const bad of [0, -1, 1.5, NaN, 2 ** 33]) expect(() => s.integer(bad)).toThrow(RangeError);
  });

  it('permutes: every number once, every order equally often', () => {
    fc.assert(
      fc.property(fc.nat(whole), fc.nat({ max: 300 }), (seed, n) => {
        expect([...stream(seed, 'order', 0, 0).permutation(n)].sort((a, b) => a - b)).toEqual(
          Array.from({ length: n }, (_, i) => i),
        );
      }),
    );
    const counts = new Map<string, number>();
    for (let step = 0; step < 24_000; step++) {
      const order = stream(5, 'order', 0, step).permutation(4).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    const chi2 = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chi2).toBeLessThan(49.7); // 23 degrees of freedom, p = 0.001
  });
});
