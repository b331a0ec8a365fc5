/** @file The closed forms against known answers, gradient descent itself, Monte Carlo, and published bounds. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../engine/random.ts';
import { decompose } from './decompose.ts';
import {
  descentShrinkage,
  exactRidgePenalties,
  flowShrinkage,
  linearTerms,
  linearTermsAt,
  ridgeShrinkage,
  type LinearProblem,
} from './linear.ts';

const problem: LinearProblem = { eigenvalues: [1, 0.1, 0.01], coefficients: [1, 1, 1], n: 20, noise: 0.5 };
const eta = 0.5;
const after = (t: number) => linearTerms(problem, descentShrinkage(problem.eigenvalues, eta, t));

// Computed in float64 from the same formulas by other code, and met by 20 000 replicas within their error.
it.each([
  [0, 1.11, 0, 0, 1.61],
  [1, 0.35015025, 0.006313125, 0.555, 0.828713375],
  [5, 0.0703613577, 0.0247566063, 1.2197203094, 0.5341319485],
  [10, 0.0448956507, 0.0290362523, 1.4491763678, 0.5014730846],
  [50, 0.0066497573, 0.0475293975, 2.1447424677, 0.4469420314],
  [100, 0.0036730835, 0.0535902736, 2.3883090343, 0.4378479053],
  [1e6, 0, 0.075, 3, 0.425],
])('has the known answer after %d steps', (t, bias2, variance, df, trainError) => {
  const terms = after(t);
  expect([terms.bias2, terms.variance, terms.df, terms.trainError]).toEqual(
    [bias2, variance, df, trainError].map((x) => expect.closeTo(x, 9)),
  );
});

it('has its least risk where it is known to be', () => {
  const risks = Array.from({ length: 200 }, (_, t) => after(t).bias2 + after(t).variance);
  expect(risks.indexOf(Math.min(...risks))).toBe(33);
  expect(risks[33]).toBeCloseTo(0.0527962648, 10);
});

it('knows the ridge penalty that stands where descent does', () => {
  const penalties = exactRidgePenalties(problem.eigenvalues, eta, 100);
  expect(penalties[0]! / 7.9e-31).toBeCloseTo(1, 1);
  expect([penalties[1], penalties[2]]).toEqual([5.955791e-4, 0.0153659312].map((x) => expect.closeTo(x, 9)));
  penalties.forEach((alpha, i) => {
    const [h] = ridgeShrinkage([problem.eigenvalues[i]!], alpha);
    expect(h).toBeCloseTo(descentShrinkage([problem.eigenvalues[i]!], eta, 100)[0]!, 12);
  });
  // Where ηλ and λ/α are small, it is 1/(ηt).
  expect(exactRidgePenalties([1e-5], eta, 100)[0]! * eta * 100).toBeCloseTo(1, 3);
});

const anyProblem = fc.record({
  eigenvalues: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
  coefficients: fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 3, maxLength: 3 }),
  n: fc.integer({ min: 3, max: 100 }),
  noise: fc.double({ min: 0, max: 2, noNaN: true }),
});

describe('any linear problem', () => {
  it('loses bias² and gains variance with every step, up to the rank', () => {
    fc.assert(
      fc.property(
        anyProblem,
        fc.integer({ min: 0, max: 300 }),
        fc.double({ min: 0.01, max: 0.99 }),
        (some, t, step) => {
          const [now, next] = [t, t + 1].map((s) => linearTerms(some, descentShrinkage(some.eigenvalues, step, s)));
          expect(next!.bias2).toBeLessThanOrEqual(now!.bias2 + 1e-15);
          expect(next!.variance).toBeGreaterThanOrEqual(now!.variance - 1e-15);
          expect(next!.df).toBeLessThanOrEqual(some.eigenvalues.filter((lambda) => lambda > 0).length + 1e-12);
        },
      ),
    );
  });

  it('has at single points what it has on average over the training inputs', () => {
    // Orthogonal inputs √(nλᵢ)·eᵢ: the other n − 3 are zero.
    fc.assert(
      fc.property(anyProblem, fc.integer({ min: 0, max: 300 }), (some, t) => {
        const h = descentShrinkage(some.eigenvalues, 0.5, t);
        const points = some.eigenvalues.map((lambda, i) =>
          linearTermsAt(
            some,
            h,
            [0, 1, 2].map((k) => (k === i ? Math.sqrt(some.n * lambda) : 0)),
          ),
        );
        const terms = linearTerms(some, h);
        expect(points.reduce((sum, { bias }) => sum + bias ** 2, 0) / some.n).toBeCloseTo(terms.bias2, 12);
        expect(points.reduce((sum, { variance }) => sum + variance, 0) / some.n).toBeCloseTo(terms.variance, 12);
      }),
    );
  });

  it('stands at time t of the flow within the bound of Ali, Kolter and Tibshirani of ridge with the penalty 1/t', () => {
    // "A continuous-time view of early stopping for least squares", AISTATS 2019: at most 1.69 times its risk.
    fc.assert(
      fc.property(anyProblem, fc.double({ min: 1e-3, max: 1e4, noNaN: true }), (some, t) => {
        const risk = (h: Float64Array) => linearTerms(some, h).bias2 + linearTerms(some, h).variance;
        const ridge = risk(ridgeShrinkage(some.eigenvalues, 1 / t));
        expect(risk(flowShrinkage(some.eigenvalues, t))).toBeLessThanOrEqual(1.6862 * ridge + 1e-15);
      }),
    );
  });
});

it('agrees with descent on noisy responses, step by step, within the standard errors of the decomposition', () => {
  // Descent in the plain coordinates of X, whose columns are no eigenvectors: nothing here knows the closed form.
  const [n, R, sigma, steps] = [12, 300, 0.4, [0, 3, 20, 150]];
  const X = Array.from({ length: n }, (_, i) => [1, Math.sin(1 + i), Math.cos(2 * i) + 0.5 * Math.sin(1 + i)]);
  const theta = [0.5, -1, 0.8];
  const truth = X.map((x) => x.reduce((sum, value, j) => sum + value * theta[j]!, 0));
  const gram = [0, 1, 2].map((a) => [0, 1, 2].map((b) => X.reduce((sum, x) => sum + (x[a]! * x[b]!) / n, 0)));
  const { values, vectors } = jacobi(gram);
  const known: LinearProblem = {
    eigenvalues: values,
    coefficients: values.map((_, i) => vectors.reduce((sum, row, j) => sum + row[i]! * theta[j]!, 0)),
    n,
    noise: sigma ** 2,
  };
  const step = 0.3;
  const fits = Array.from({ length: R }, (_, r) => {
    const random = new RandomStream(5, 0, r, 0);
    const y = truth.map((f) => f + sigma * random.normal());
    let w = [0, 0, 0];
    const kept = new Map<number, Float32Array>();
    for (let t = 0; t <= 150; t++) {
      const fit = X.map((x) => x.reduce((sum, value, j) => sum + value * w[j]!, 0));
      if (steps.includes(t)) kept.set(t, Float32Array.from(fit));
      w = w.map((wj, j) => wj - (step / n) * X.reduce((sum, x, i) => sum + x[j]! * (fit[i]! - y[i]!), 0));
    }
    return kept;
  });
  for (const t of steps) {
    const target = {
      target: Float64Array.from(truth),
      noise: new Float64Array(n).fill(sigma ** 2),
      known: true,
      draws: null,
    };
    const d = decompose((r) => fits[r]!.get(t)!, R, target)!;
    const { bias2, variance } = linearTerms(known, descentShrinkage(known.eigenvalues, step, t));
    // Three standard errors, with a fixed seed; before the first step both are exact up to float32.
    expect(Math.abs(d.bias2! - bias2)).toBeLessThan(3 * d.bias2Se! + 1e-6);
    expect(Math.abs(d.variance! - variance)).toBeLessThan(3 * d.varianceSe! + 1e-6);
  }
});

/** Eigenvalues and, in columns, eigenvectors of a symmetric matrix, by rotations of Jacobi. */
function jacobi(matrix: number[][]): { values: number[]; vectors: number[][] } {
  const a = matrix.map((row) => [...row]);
  const v = a.map((row, i) => row.map((_, j) => Number(i === j)));
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < a.length; p++) {
      for (let q = p + 1; q < a.length; q++) {
        const angle = 0.5 * Math.atan2(2 * a[p]![q]!, a[q]![q]! - a[p]![p]!);
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        for (const m of [a, v]) {
          for (const row of m) [row[p], row[q]] = [c * row[p]! - s * row[q]!, s * row[p]! + c * row[q]!];
        }
        const [rp, rq] = [a[p]!, a[q]!];
        a[p] = rp.map((x, k) => c * x - s * rq[k]!);
        a[q] = rp.map((x, k) => s * x + c * rq[k]!);
      }
    }
  }
  return { values: a.map((row, i) => row[i]!), vectors: v };
}
