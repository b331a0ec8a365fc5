/** @file The decomposition against known answers, its definition, and leaving out each replica in turn. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decompose, decompositionTarget, type Decomposition, type DecompositionTarget } from './decompose.ts';
import { paired } from './estimate.ts';
import { sharedDraws } from './variance-sources.ts';

const at = (rows: ArrayLike<number>[]) => (r: number) => (rows[r] ? Float32Array.from(rows[r]) : null);
const truth = (f: number[], noise = 0): DecompositionTarget => ({
  target: Float64Array.from(f),
  noise: new Float64Array(f.length).fill(noise),
  known: true,
  draws: null,
});

/** bias² and variance straight from the definition: bias² as the mean of (p_r − f)(p_s − f) over all pairs r ≠ s. */
function plainly(rows: ArrayLike<number>[], f: number[], D: number) {
  const n = rows.length;
  let bias2 = 0;
  let variance = 0;
  f.forEach((fi, i) => {
    const p = rows.map((row) => row[i]!);
    const m = p.reduce((a, b) => a + b, 0) / n;
    for (let r = 0; r < n; r++) {
      variance += (p[r]! - m) ** 2 / (n - 1);
      for (let s = 0; s < n; s++) if (s !== r) bias2 += ((p[r]! - fi) * (p[s]! - fi)) / (n * (n - 1));
    }
  });
  return { bias2: bias2 / D, variance: variance / D };
}

const jackknife = (values: number[]) => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(((values.length - 1) / values.length) * values.reduce((a, x) => a + (x - mean) ** 2, 0));
};

describe('decompose', () => {
  const rows = [
    [1, 2, 3],
    [2, 2, 1],
    [3, 5, 1],
    [2, 3, 3],
  ];

  it('gives the known answer', () => {
    const d = decompose(at(rows), 4, truth([1, 3, 2]))!;
    expect([...d.mean]).toEqual([2, 3, 2]);
    expect(d.error).toBeCloseTo(4 / 3, 12);
    expect(d.variance).toBeCloseTo(4 / 3, 12);
    expect(d.bias2).toBeCloseTo(0, 12);
    expect([...d.sd].map((x) => x * x)).toEqual([2 / 3, 2, 4 / 3].map((x) => expect.closeTo(x, 12)));
    // Per point: bias² 5/6, −1/2, −1/3, none of them clipped.
    const points = [0, 1, 2].map((i) => decompose(at(rows.map((row) => [row[i]!])), 4, truth([[1, 3, 2][i]!]))!.bias2);
    expect(points).toEqual([5 / 6, -1 / 2, -1 / 3].map((x) => expect.closeTo(x, 12)));
  });

  it('gives the known answer against noisy labels, bias² then being negative', () => {
    const d = decompose(at(rows), 4, { ...truth([1.5, 2.5, 2]), known: false, draws: null })!;
    expect([d.error, d.bias2, d.variance]).toEqual([7 / 6, -1 / 6, 4 / 3].map((x) => expect.closeTo(x, 12)));
  });

  it('leaves the errors of sound replicas whole beside one that explodes', () => {
    const d = decompose(
      at([
        [0.5, 2],
        [1e17, -1e17],
        [0.25, 1],
      ]),
      3,
      truth([0, 1], 0.125),
    )!;
    expect([...d.perReplica]).toEqual([0.125 + (0.25 + 1) / 2, expect.closeTo(1e34, -28), 0.125 + 0.0625 / 2]);
  });

  // Predictions are float32, everything after is float64: sums of some 100 terms of order 10 agree to about 1e-11.
  const prediction = fc.float({ min: -4, max: 4, noNaN: true });
  const ensemble = fc
    .record({
      n: fc.integer({ min: 3, max: 8 }),
      D: fc.integer({ min: 1, max: 5 }),
      K: fc.integer({ min: 1, max: 3 }),
      noise: fc.constantFrom(0, 0.1225),
    })
    .chain(({ n, D, K, noise }) =>
      fc.record({
        rows: fc.array(fc.array(prediction, { minLength: D * K, maxLength: D * K }), { minLength: n, maxLength: n }),
        f: fc.array(prediction, { minLength: D * K, maxLength: D * K }),
        noise: fc.constant(new Float64Array(D).fill(noise)),
      }),
    );
  const taken = ({ rows, f, noise }: { rows: number[][]; f: number[]; noise: Float64Array }) =>
    decompose(at(rows), rows.length, { target: Float64Array.from(f), noise, known: true, draws: null })!;

  it('agrees with the definition, summed over outputs and averaged over points', () => {
    fc.assert(
      fc.property(ensemble, (x) => {
        const d = taken(x);
        const plain = plainly(x.rows, x.f, x.noise.length);
        expect(d.bias2).toBeCloseTo(plain.bias2, 10);
        expect(d.variance).toBeCloseTo(plain.variance, 10);
      }),
    );
  });

  it('adds up: noise + bias² + variance = error', () => {
    fc.assert(
      fc.property(ensemble, (x) => {
        const d = taken(x);
        expect(d.noise + d.bias2! + d.variance!).toBeCloseTo(d.error, 10);
        const direct = x.rows.map(
          (row) => x.noise[0]! + row.reduce((sum, p, i) => sum + (p - x.f[i]!) ** 2, 0) / x.noise.length,
        );
        expect([...d.perReplica]).toEqual(direct.map((e) => expect.closeTo(e, 10)));
      }),
    );
  });

  it('has the standard errors that leaving each replica out in turn gives', () => {
    fc.assert(
      fc.property(ensemble, (x) => {
        const d = taken(x);
        const without = x.rows.map((_, out) =>
          plainly(
            x.rows.filter((__, r) => r !== out),
            x.f,
            x.noise.length,
          ),
        );
        expect(d.bias2Se).toBeCloseTo(jackknife(without.map((w) => w.bias2)), 9);
        expect(d.varianceSe).toBeCloseTo(jackknife(without.map((w) => w.variance)), 9);
        // Of a mean, the jackknife is the usual standard error.
        const errors = [...d.perReplica];
        const sum = errors.reduce((a, b) => a + b, 0);
        expect(d.errorSe).toBeCloseTo(jackknife(errors.map((e) => (sum - e) / (errors.length - 1))), 9);
      }),
    );
  });

  it('pairs the terms of two ensembles as the jackknife of their difference does', () => {
    const matrix = fc.array(fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 4, maxLength: 4 }), {
      minLength: 6,
      maxLength: 14,
    });
    fc.assert(
      fc.property(matrix, (both) => {
        const n = Math.floor(both.length / 2);
        const [a, b] = [both.slice(0, n), both.slice(n, 2 * n)];
        const f = [0.5, -1, 0, 2];
        const [da, db] = [a, b].map((rows) => decompose(at(rows.map((row) => row.map(Math.fround))), n, truth(f))!);
        const [pa, pb] = [a, b].map((rows) => rows.map((row) => row.map(Math.fround)));
        for (const term of ['bias2', 'variance'] as const) {
          const growth = paired(da!.pseudo![term], db!.pseudo![term])!;
          const plain = (skip: number) => {
            const without = (rows: number[][]) => rows.filter((_, r) => r !== skip);
            return plainly(without(pa!), f, 4)[term] - plainly(without(pb!), f, 4)[term];
          };
          expect(growth.value).toBeCloseTo(plain(-1), 9);
          expect(growth.se).toBeCloseTo(jackknife(Array.from({ length: n }, (_, r) => plain(r))), 9);
        }
      }),
    );
  });

  it('leaves replicas out as if they were not there', () => {
    const all = decompose(at(rows), 4, truth([1, 3, 2], 0.5))!;
    const gaps = [rows[0]!, null, rows[1]!, rows[2]!, null, rows[3]!];
    const some = decompose((r) => (gaps[r] ? Float32Array.from(gaps[r]) : null), 6, truth([1, 3, 2], 0.5))!;
    expect({ ...some, perReplica: null, pseudo: null }).toEqual({ ...all, perReplica: null, pseudo: null });
    expect([...some.perReplica].map(Number.isNaN)).toEqual([false, true, false, false, true, false]);
  });

  it('does not know what one replica cannot show', () => {
    const undefinedParts = (d: Decomposition) => [d.errorSe, d.bias2, d.bias2Se, d.variance, d.varianceSe];
    const one = decompose(at(rows), 1, truth([1, 3, 2], 0.5))!;
    expect(undefinedParts(one)).toEqual([null, null, null, null, null]);
    expect(one.error).toBeCloseTo(0.5 + 2 / 3, 12);
    expect(one.sd.every(Number.isNaN)).toBe(true);
    const two = decompose(at(rows), 2, truth([1, 3, 2]))!;
    expect(undefinedParts(two).map((x) => x === null)).toEqual([false, false, true, false, true]);
    expect(decompose(() => null, 3, truth([1]))).toBeNull();
  });
});

describe('decompositionTarget', () => {
  it('takes the chosen points, all outputs of each', () => {
    const test = {
      size: 3,
      x: new Float32Array(3),
      target: Float64Array.of(0, 1, 2, 3, 4, 5),
      noise: Float64Array.of(0.1, 0.2, 0.3),
      known: true,
      draws: null,
    };
    expect(decompositionTarget(test, Int32Array.of(0, 2), null)).toEqual({
      target: Float64Array.of(0, 1, 4, 5),
      noise: Float64Array.of(0.1, 0.3),
      known: true,
      draws: null,
    });
  });
});

describe('replicas that share draws', () => {
  // Two training sets, two seeds: predictions a(data) + b(seed), a = ±1, b = ±2, about a truth of 0.
  const shared: DecompositionTarget = {
    ...truth([0], 0.5),
    draws: sharedDraws({
      data: Int32Array.of(0, 0, 1, 1),
      validation: Int32Array.of(0, 0, 1, 1),
      seeds: Int32Array.of(0, 1, 0, 1),
    }),
  };
  const cells = [[3], [-1], [1], [-3]];

  it('do not take what they have in common for bias', () => {
    const d = decompose(at(cells), 4, shared)!;
    // Pairs with nothing in common: 3·(−3) and −1·1, their mean −5; error 5 = ½(1 + 4)·2; data 2, seeds 8.
    expect([d.error, d.bias2, d.variance]).toEqual([5.5, -5, 10].map((x) => expect.closeTo(x, 12)));
    expect([d.sources!.sampling!.value, d.sources!.optimisation!.value]).toEqual(
      [2, 8].map((x) => expect.closeTo(x, 12)),
    );
    expect(d.noise + d.bias2! + d.variance!).toBeCloseTo(d.error, 12);
    expect(d.pseudo).toBeNull();
  });

  it('have the error that leaving out training sets and seeds gives', () => {
    // Errors 9, 1, 1, 9: each training set and each seed has a mean of 5.
    expect(decompose(at(cells), 4, shared)!.errorSe).toBeCloseTo(0, 12);
    const d = decompose(at([[3], [3], [1], [1]]), 4, shared)!;
    // Without one training set the mean is 1 or 9: ½·(16 + 16); without a seed it is 5 either way.
    expect(d.errorSe).toBeCloseTo(4, 12);
    expect(d.errorSe).toBeCloseTo(d.sources!.error.se!, 12);
  });

  it('are no more than one draw where only one is sound', () => {
    const one = decompose((r) => (r === 2 ? Float32Array.of(1) : null), 4, shared)!;
    expect([one.error, one.errorSe, one.bias2, one.variance, one.sources]).toEqual([1.5, null, null, null, null]);
  });
});
