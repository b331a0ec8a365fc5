/** @file The sources of the variance against known answers, the analysis of variance, a simulation and a brute jackknife. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../engine/random.ts';
import { decompose, type DecompositionTarget } from './decompose.ts';
import { varianceSources } from './variance-sources.ts';

const at = (rows: (ArrayLike<number> | null)[]) => (r: number) => (rows[r] ? Float32Array.from(rows[r]) : null);
const target = (f: number[], noise = 0): DecompositionTarget => ({
  target: Float64Array.from(f),
  noise: new Float64Array(f.length).fill(noise),
  known: true,
  draws: null,
});
/** D data sets, S seeds each, V validation sets for each training; the same seeds for all data sets if crossed. */
function grid(D: number, S: number, { crossed = true, V = 1 } = {}) {
  const of = (label: (d: number, s: number, v: number) => number) =>
    Array.from({ length: D * S * V }, (_, r) => label(Math.floor(r / (S * V)), Math.floor(r / V) % S, r % V));
  return {
    data: of((d) => d),
    seeds: of((d, s) => (crossed ? s : d * S + s)),
    validation: of((d, _, v) => d * V + v),
  };
}

describe('known answers', () => {
  // Two data sets, three seeds each.
  const rows = [1, 2, 3, 4, 6, 5].map((p) => [p]);

  it('with seeds of their own for each data set: within 1, between 25/6', () => {
    const sources = varianceSources(at(rows), 6, target([0]), grid(2, 3, { crossed: false }))!;
    expect(sources.optimisation!.value).toBeCloseTo(1, 12);
    expect(sources.sampling!.value).toBeCloseTo(25 / 6, 12);
    expect(sources.seeds).toBeNull();
    expect(sources.validation).toBeNull();
  });

  it('with the same seeds: the table of the analysis of variance in two ways', () => {
    // Mean squares 13.5 (data), 1.5 (seeds), 0.5 (rest): (13.5 − .5)/3, (1.5 − .5)/2, .5.
    const sources = varianceSources(at(rows), 6, target([0]), grid(2, 3))!;
    expect(sources.sampling!.value).toBeCloseTo(13 / 3, 12);
    expect(sources.seeds!.value).toBeCloseTo(0.5, 12);
    expect(sources.interaction!.value).toBeCloseTo(0.5, 12);
    expect(sources.optimisation!.value).toBeCloseTo(1, 12);
  });

  it('of a validation set that is all that differs', () => {
    // Trainings at 0, 0 and 4, 6: ½·0² and ½·2², of which the mean is 1.
    const draws = grid(2, 1, { V: 2 });
    const sources = varianceSources(at([[0], [0], [4], [6]]), 4, target([0]), draws)!;
    expect(sources.validation!.value).toBeCloseTo(1, 12);
    // Products apart 0: bias² 0, variance = error = 13, of which 12 are the training set's.
    expect([sources.bias2.value, sources.variance.value, sources.sampling!.value]).toEqual(
      [0, 13, 12].map((x) => expect.closeTo(x, 12)),
    );
  });
});

const cell = fc.integer({ min: -64, max: 64 }).map((x) => x / 16);
const grids = fc
  .record({
    D: fc.integer({ min: 2, max: 4 }),
    S: fc.integer({ min: 2, max: 4 }),
    points: fc.integer({ min: 1, max: 3 }),
    crossed: fc.boolean(),
  })
  .chain(({ D, S, points, crossed }) => {
    const row = fc.array(cell, { minLength: points, maxLength: points });
    return fc.record({
      rows: fc.array(row, { minLength: D * S, maxLength: D * S }),
      f: row,
      D: fc.constant(D),
      S: fc.constant(S),
      crossed: fc.constant(crossed),
    });
  });

describe('any grid', () => {
  it('adds up, and is the analysis of variance', () => {
    fc.assert(
      fc.property(grids, ({ rows, f, D, S, crossed }) => {
        const sources = varianceSources(at(rows), D * S, target(f, 0.25), grid(D, S, { crossed }))!;
        expect(sources.noise + sources.bias2.value + sources.variance.value).toBeCloseTo(sources.error.value, 10);
        expect(sources.sampling!.value + sources.optimisation!.value).toBeCloseTo(sources.variance.value, 10);
        const known = analysisOfVariance(rows, D, S);
        expect(sources.optimisation!.value).toBeCloseTo(known.within, 10);
        expect(sources.sampling!.value).toBeCloseTo(crossed ? known.data : known.nested, 10);
        if (!crossed) return;
        expect(sources.seeds!.value).toBeCloseTo(known.seeds, 10);
        expect(sources.interaction!.value).toBeCloseTo(known.rest, 10);
      }),
    );
  });

  it('has the standard errors that leaving out each data set and each seed gives', () => {
    fc.assert(
      fc.property(grids, ({ rows, f, D, S, crossed }) => {
        fc.pre(D > 2 && (S > 2 || !crossed));
        const draws = grid(D, S, { crossed });
        const sources = varianceSources(at(rows), D * S, target(f), draws)!;
        const left = (axis: ArrayLike<number>, out: number) =>
          varianceSources(at(rows.map((row, r) => (axis[r] === out ? null : row))), D * S, target(f), draws)!;
        for (const term of ['error', 'bias2', 'variance', 'sampling', 'optimisation'] as const) {
          const along = (axis: ArrayLike<number>, g: number) => {
            const values = Array.from({ length: g }, (_, out) => left(axis, out)[term]!.value);
            const mean = values.reduce((a, b) => a + b, 0) / g;
            return ((g - 1) / g) * values.reduce((a, x) => a + (x - mean) ** 2, 0);
          };
          const variance = along(draws.data, D) + (crossed ? along(draws.seeds, S) : 0);
          expect(sources[term]!.se!).toBeCloseTo(Math.sqrt(variance), 8);
        }
      }),
    );
  });

  it('of replicas that share nothing is the plain decomposition', () => {
    fc.assert(
      fc.property(grids, ({ rows, f }) => {
        const own = rows.map((_, r) => r);
        const draws = { data: own, validation: own, seeds: own };
        const sources = varianceSources(at(rows), rows.length, target(f, 0.25), draws)!;
        const plain = decompose(at(rows), rows.length, target(f, 0.25))!;
        expect(sources.bias2.value).toBeCloseTo(plain.bias2!, 10);
        expect(sources.variance.value).toBeCloseTo(plain.variance!, 10);
        expect(sources.error.se).toBeCloseTo(plain.errorSe!, 10);
        expect(sources.bias2.se).toBeCloseTo(plain.bias2Se!, 8);
        expect(sources.variance.se).toBeCloseTo(plain.varianceSe!, 8);
        expect([sources.sampling, sources.optimisation, sources.validation]).toEqual([null, null, null]);
      }),
    );
  });
});

it('with one training set for all knows what seeds do to it, and nothing of sampling', () => {
  const draws = { data: [0, 0, 0], validation: [0, 0, 0], seeds: [0, 1, 2] };
  const sources = varianceSources(at([[1], [2], [3]]), 3, target([0]), draws)!;
  expect(sources.optimisation!.value).toBeCloseTo(1, 12);
  expect([sources.variance.value, sources.sampling]).toEqual([expect.closeTo(1, 12), null]);
  expect(varianceSources(at([[1], null, null]), 3, target([0]), draws)).toBeNull();
});

describe('a simulation with known components', () => {
  // p = a(data) + b(seed) + c(data, seed), and as stopped + d(validation set): variances 0.5, 0.2, 0.3, 0.1.
  const [D, S, V, times] = [6, 4, 2, 1500];
  const truth = {
    sampling: 0.5,
    seeds: 0.2,
    interaction: 0.3,
    optimisation: 0.5,
    validation: 0.1,
    variance: 1.1,
    bias2: 0.09,
  };
  const runs = Array.from({ length: times }, (_, time) => {
    const normal = (purpose: number, label: number, variance: number) =>
      Math.sqrt(variance) * new RandomStream(11, purpose, label, time).normal();
    const draws = grid(D, S, { V });
    const rows = Array.from({ length: D * S * V }, (_, r) => {
      const [d, s] = [draws.data[r]!, draws.seeds[r]!];
      return [0.3 + normal(0, d, 0.5) + normal(1, s, 0.2) + normal(2, d * S + s, 0.3) + normal(3, r, 0.1)];
    });
    return varianceSources(at(rows), D * S * V, target([0]), draws)!;
  });

  it.each(Object.entries(truth))('has %s without bias, and a standard error that is not too small', (term, value) => {
    const found = runs.map((sources) => sources[term as keyof typeof truth]!);
    const mean = found.reduce((sum, x) => sum + x.value, 0) / times;
    const sd = Math.sqrt(found.reduce((sum, x) => sum + (x.value - mean) ** 2, 0) / (times - 1));
    // Four standard errors of the mean over the simulations, with a fixed seed.
    expect(Math.abs(mean - value)).toBeLessThan((4 * sd) / Math.sqrt(times));
    const said = Math.sqrt(found.reduce((sum, x) => sum + x.se! ** 2, 0) / times);
    expect(said / sd).toBeGreaterThan(0.9);
    expect(said / sd).toBeLessThan(2);
  });
});

/** Components from mean squares, straight from the textbook; rows `[D·S][points]`, averaged over the points. */
function analysisOfVariance(rows: number[][], D: number, S: number) {
  const points = rows[0]!.length;
  const sum = { within: 0, nested: 0, data: 0, seeds: 0, rest: 0 };
  for (let i = 0; i < points; i++) {
    const y = (d: number, s: number) => rows[d * S + s]![i]!;
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const ds = Array.from({ length: D }, (_, d) => d);
    const ss = Array.from({ length: S }, (_, s) => s);
    const ofData = ds.map((d) => mean(ss.map((s) => y(d, s))));
    const ofSeed = ss.map((s) => mean(ds.map((d) => y(d, s))));
    const all = mean(ofData);
    const square = (x: number) => x * x;
    const total = (values: number[]) => values.reduce((a, b) => a + b, 0);
    const msData = (S * total(ofData.map((m) => square(m - all)))) / (D - 1);
    const msSeed = (D * total(ofSeed.map((m) => square(m - all)))) / (S - 1);
    const rest = total(ds.flatMap((d) => ss.map((s) => square(y(d, s) - ofData[d]! - ofSeed[s]! + all))));
    const msRest = rest / ((D - 1) * (S - 1));
    const within = total(ds.flatMap((d) => ss.map((s) => square(y(d, s) - ofData[d]!)))) / (D * (S - 1));
    sum.within += within / points;
    sum.nested += (msData - within) / S / points;
    sum.data += (msData - msRest) / S / points;
    sum.seeds += (msSeed - msRest) / D / points;
    sum.rest += msRest / points;
  }
  return sum;
}
