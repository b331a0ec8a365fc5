/** @file Every loss taken apart: the definitions, sums for any finite ensemble, the jackknife, and what few replicas do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inverseNormal } from '../../../datasets/special.ts';
import { RandomStream } from '../../engine/random.ts';
import { decomposeLoss } from '../decompose-loss.ts';
import { decompose } from '../decompose.ts';
import { domingos } from './domingos.ts';
import { ERROR_LOSSES, type ErrorLossName } from './index.ts';
import { at, taken, truth } from './losses.testing.ts';

/** Ensembles of values or of class probabilities, with truths of the same kind. */
const NAMES = Object.keys(ERROR_LOSSES) as ErrorLossName[];
const share = fc.integer({ min: 0, max: 64 });
function normalised(parts: number[], K: number): number[] {
  return Array.from({ length: parts.length / K }, (_, i) => parts.slice(i * K, (i + 1) * K)).flatMap((point) => {
    const sum = point.reduce((a, b) => a + b + 1, 0);
    return K === 1 ? [point[0]! / 64] : point.map((x) => (x + 1) / sum);
  });
}
const ensemble = fc
  .record({
    name: fc.constantFrom(...NAMES),
    n: fc.integer({ min: 3, max: 9 }),
    D: fc.integer({ min: 1, max: 4 }),
    K: fc.integer({ min: 1, max: 4 }),
    noise: fc.constantFrom(0, 0.1225),
  })
  .chain(({ name, n, D, K: outputs, noise }) => {
    const classes = ERROR_LOSSES[name].predicts === 'classes';
    const K = classes ? outputs : 1;
    const row = fc
      .array(classes ? share : fc.integer({ min: -128, max: 128 }), { minLength: D * K, maxLength: D * K })
      .map((parts) => (classes ? normalised(parts, K) : parts.map((x) => x / 32)));
    return fc.record({
      name: fc.constant(name),
      rows: fc.array(row, { minLength: n, maxLength: n }).map((all) => all.map((one) => one.map(Math.fround))),
      target: row.map((f) => truth(f, D, classes ? 0 : noise)),
    });
  });

const jackknife = (values: number[]) => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(((values.length - 1) / values.length) * values.reduce((a, x) => a + (x - mean) ** 2, 0));
};

describe('any ensemble', () => {
  it('adds up under every loss, at every point, corrected or not', () => {
    fc.assert(
      fc.property(ensemble, fc.constantFrom('corrected', 'plug-in'), ({ name, rows, target }, terms) => {
        const { points, ...d } = taken(name, rows, target, { terms });
        expect(d.noise + d.bias! + d.variance!).toBeCloseTo(d.error, 10);
        points.error.forEach((error, i) => {
          expect(points.noise[i]! + points.bias[i]! + points.variance[i]!).toBeCloseTo(error, 10);
        });
        const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;
        expect(mean(points.bias)).toBeCloseTo(d.bias!, 9);
        expect(mean(points.variance)).toBeCloseTo(d.variance!, 9);
      }),
    );
  });

  it('has the correction and the standard errors that leaving each replica out in turn gives', () => {
    fc.assert(
      fc.property(ensemble, ({ name, rows, target }) => {
        const n = rows.length;
        const plug = taken(name, rows, target, { terms: 'plug-in' });
        const without = rows.map((_, out) =>
          taken(
            name,
            rows.filter((__, r) => r !== out),
            target,
            { terms: 'plug-in' },
          ),
        );
        for (const term of ['bias', 'variance'] as const) {
          const left = without.map((d) => d[term]!);
          expect(plug[`${term}Se`]).toBeCloseTo(jackknife(left), 8);
          // A quadratic loss has the standard error of its unbiased estimate; see the comparison below.
          if (ERROR_LOSSES[name].correction !== 'exact')
            expect(taken(name, rows, target)[`${term}Se`]).toBeCloseTo(jackknife(left), 8);
          const mean = left.reduce((a, b) => a + b, 0) / n;
          const corrected = ERROR_LOSSES[name].correction === 'none' ? plug[term]! : n * plug[term]! - (n - 1) * mean;
          expect(taken(name, rows, target)[term]).toBeCloseTo(corrected, 8);
        }
      }),
    );
  });

  it('is what the decomposition of squared error says, for values and for probabilities', () => {
    fc.assert(
      fc.property(ensemble, ({ name, rows, target }) => {
        const plain = decompose(at(rows), rows.length, target)!;
        const d = taken(ERROR_LOSSES[name].predicts === 'values' ? 'squared' : 'brier', rows, target);
        const numbers = [d.error, d.errorSe, d.noise, d.bias, d.biasSe, d.variance, d.varianceSe];
        const { error, errorSe, noise, bias2, bias2Se, variance, varianceSe } = plain;
        [error, errorSe, noise, bias2, bias2Se, variance, varianceSe].forEach((x, i) =>
          expect(numbers[i]).toBeCloseTo(x!, 9),
        );
      }),
    );
  });

  it('has a centre that no prediction beats', () => {
    // What the plug-in variance is about: the mean loss between the replicas' predictions and their centre is the least.
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 2, maxLength: 9 }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (parts, other) => {
          const rows = parts.map((x) => [Math.fround(x / 32)]);
          for (const name of ['squared', 'absolute', 'huber'] as const) {
            const toward = (f: number) => taken(name, rows, truth([f], 1), { terms: 'plug-in' });
            // At the centre itself the bias is 0, and all error is variance.
            const centre = centreOf(name, rows);
            expect(toward(centre).bias).toBeCloseTo(0, 9);
            expect(toward(other).error).toBeGreaterThanOrEqual(toward(centre).error - 1e-9);
          }
        },
      ),
    );
  });

  it('of decisions has the terms of Domingos in sum', () => {
    fc.assert(
      fc.property(ensemble, ({ name, rows, target }) => {
        fc.pre(ERROR_LOSSES[name].predicts === 'classes');
        const d = taken('zero-one', rows, target);
        const terms = domingos(at(rows), rows.length, target)!;
        expect(terms.error).toBeCloseTo(d.error, 12);
        expect(terms.noise).toBeCloseTo(d.noise, 12);
        expect(terms.noiseEffect + terms.bias + terms.varianceEffect).toBeCloseTo(terms.error, 12);
      }),
    );
  });
});

/** Where the loss has no bias, by bisection on the sign of its slope: a second way to the centre. */
function centreOf(name: 'squared' | 'absolute' | 'huber', rows: number[][]): number {
  const sorted = rows.map(([x]) => x!).sort((a, b) => a - b);
  const median = (sorted[(rows.length - 1) >> 1]! + sorted[rows.length >> 1]!) / 2;
  const pull = (c: number) =>
    sorted.reduce((sum, x) => sum + (name === 'huber' ? Math.max(-1, Math.min(1, x - c)) : x - c), 0);
  // Between two far halves any number is a Huber centre: then the median is taken.
  if (name === 'absolute' || pull(median) === 0) return median;
  let [low, high] = [-4, 4];
  for (let step = 0; step < 200; step++) {
    const c = (low + high) / 2;
    if (pull(c) > 0) low = c;
    else high = c;
  }
  return (low + high) / 2;
}

it('leaves replicas out as if they were not there, and knows what one cannot show', () => {
  const rows = [[0.25], [0.5], [0.875]];
  const gaps = [null, rows[0]!, rows[1]!, null, rows[2]!];
  const target = truth([0.75], 1);
  for (const name of NAMES) {
    const loss = ERROR_LOSSES[name];
    const of = (some: (number[] | null)[]) =>
      decomposeLoss(loss, (r) => (some[r] ? Float32Array.from(some[r]) : null), some.length, target, { huberDelta: 1 });
    expect({ ...of(gaps)!, perReplica: null }).toEqual({ ...of(rows)!, perReplica: null });
    expect(of([null])).toBeNull();
    const one = of([rows[0]!])!;
    expect([one.errorSe, one.bias, one.biasSe, one.variance, one.varianceSe]).toEqual([null, null, null, null, null]);
    expect(one.error).toBeGreaterThan(0);
  }
});

describe('corrected terms of few replicas', () => {
  const logistic = (z: number) => 1 / (1 + Math.exp(-z));
  /** Mean bias over many ensembles of n logistic-normal probabilities of a truth of ¾; in truth that of very many replicas. */
  const ensembleOf = (n: number, seed: number) => {
    const random = new RandomStream(16, 0, seed, 0);
    return Array.from({ length: n }, () => [logistic(0.4 + 1.2 * random.normal())]);
  };
  const meanBias = (name: ErrorLossName, n: number, terms: 'corrected' | 'plug-in') => {
    const N = 4000;
    let sum = 0;
    for (let i = 0; i < N; i++) sum += taken(name, ensembleOf(n, i), truth([0.75], 1, 0.01), { terms }).bias!;
    return sum / N;
  };

  it.each(['brier', 'cross-entropy', 'huber'] as const)(
    'are nearer to those of many than plug-in terms: %s',
    (name) => {
      const quantiles = Array.from({ length: 600 }, (_, i) => [logistic(0.4 + 1.2 * inverseNormal((i + 0.5) / 600))]);
      const many = taken(name, quantiles, truth([0.75], 1, 0.01), { terms: 'plug-in' }).bias!;
      const [corrected, plain] = (['corrected', 'plug-in'] as const).map((terms) => meanBias(name, 6, terms) - many);
      expect(plain!).toBeGreaterThan(0.004);
      expect(Math.abs(corrected!)).toBeLessThan(0.3 * plain!);
    },
  );
});
