/** @file Every loss against answers worked out by hand or published, and against mlxtend. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { domingos } from './domingos.ts';
import { at, taken, truth } from './losses.testing.ts';

describe('known answers', () => {
  it('of cross-entropy, with the centre that the mean log-probabilities have', () => {
    // Heskes' terms of these numbers, computed in float64; the predictions here are float32.
    const rows = [
      [0.7, 0.2, 0.1, 0.2, 0.5, 0.3],
      [0.5, 0.3, 0.2, 0.1, 0.8, 0.1],
      [0.6, 0.3, 0.1, 0.3, 0.3, 0.4],
    ];
    const d = taken('cross-entropy', rows, truth([1, 0, 0, 0, 0, 1], 2), { terms: 'plug-in' });
    expect(d.error).toBeCloseTo(0.997249396243, 7);
    expect(d.bias).toBeCloseTo(0.937881024805, 7);
    expect(d.variance).toBeCloseTo(0.059368371438, 7);
    expect(d.points.bias[0]).toBeCloseTo(-Math.log(0.6050049257), 7);
    expect(d.points.bias[1]).toBeCloseTo(-Math.log(0.2532841317), 7);
    expect(d.noise).toBe(0);
  });

  it('of votes, by the formulas of Kohavi and Wolpert', () => {
    // One point, classes 0, 1, 2 with probabilities .5, .3, .2; votes 0, 0, 1, 2: shares .5, .25, .25.
    const rows = [
      [0.8, 0.1, 0.1],
      [0.6, 0.3, 0.1],
      [0.1, 0.8, 0.1],
      [0.2, 0.2, 0.6],
    ];
    const target = truth([0.5, 0.3, 0.2], 1);
    const plug = taken('kohavi-wolpert', rows, target, { terms: 'plug-in' });
    expect(plug.noise).toBeCloseTo((1 - 0.38) / 2, 12);
    expect(plug.bias).toBeCloseTo((0.05 ** 2 + 0.05 ** 2) / 2, 12);
    expect(plug.variance).toBeCloseTo((1 - 0.375) / 2, 12);
    // Half of Σ p(1 − p)/(n − 1) is taken off the bias and put to the variance, which so is n/(n − 1) times as large.
    const corrected = taken('kohavi-wolpert', rows, target);
    expect(corrected.bias).toBeCloseTo((0.005 - 0.625 / 3) / 2, 12);
    expect(corrected.variance).toBeCloseTo((((1 - 0.375) / 2) * 4) / 3, 12);
  });

  it('of decisions, where scatter costs and where it helps', () => {
    // Two points of class 1: replicas decide 1, 1, 0 at the first and 0, 0, 1 at the second.
    const rows = [
      [0.9, 0.2],
      [0.7, 0.4],
      [0.1, 0.8],
    ];
    const target = truth([1, 1], 2);
    const d = taken('zero-one', rows, target);
    expect([...d.points.bias]).toEqual([0, 1]);
    expect([...d.points.variance]).toEqual([1 / 3, -1 / 3].map((x) => expect.closeTo(x, 12)));
    expect(domingos(at(rows), 3, target)).toEqual({
      error: 0.5,
      ...{ noise: 0, noiseEffect: 0, bias: 0.5, varianceEffect: expect.closeTo(0, 12) },
      ...{ variance: expect.closeTo(1 / 3, 12) },
      ...{ unbiasedVariance: expect.closeTo(1 / 6, 12), biasedVariance: expect.closeTo(1 / 6, 12) },
    });
  });

  it('of absolute error: the median is the centre, one wild replica is variance', () => {
    const d = taken('absolute', [[1], [2], [30]], truth([0], 1));
    expect([d.error, d.bias, d.variance]).toEqual([11, 2, 9].map((x) => expect.closeTo(x, 12)));
  });

  it('of Huber loss: where few are beyond δ the centre is between mean and median', () => {
    // c with clamp(−c) + clamp(1 − c) + 1 = 0 at δ = 1: c = 1, and the losses about 0 are 0, ½, 9½.
    const d = taken('huber', [[0], [1], [10]], truth([0], 1), { terms: 'plug-in' });
    expect([d.error, d.bias, d.variance]).toEqual([10 / 3, 0.5, 17 / 6].map((x) => expect.closeTo(x, 12)));
  });
});

interface Case {
  name: string;
  loss: 'mse' | '0-1_loss';
  predictions: number[][];
  y: number[];
  error: number;
  bias: number;
  variance: number;
}
const { cases } = JSON.parse(readFileSync(new URL('../fixtures/mlxtend.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};

it.each(cases)('mlxtend takes the same apart alike: $name', ({ loss, predictions, y, error, bias, variance }) => {
  if (loss === 'mse') {
    const d = taken('squared', predictions, truth(y, y.length), { terms: 'plug-in' });
    expect([d.error, d.bias, d.variance]).toEqual([error, bias, variance].map((x) => expect.closeTo(x, 12)));
    return;
  }
  // Its terms are those of Domingos as they are: without the sign that variance has at biased points.
  const classes = Math.max(...y, ...predictions.flat()) + 1;
  const oneHot = (labels: number[]) =>
    labels.flatMap((label) => Array.from({ length: classes }, (_, c) => Number(c === label)));
  const d = domingos(at(predictions.map(oneHot)), predictions.length, truth(oneHot(y), y.length))!;
  expect([d.error, d.bias, d.variance]).toEqual([error, bias, variance].map((x) => expect.closeTo(x, 12)));
  if (classes === 2) expect(d.bias + d.unbiasedVariance - d.biasedVariance).toBeCloseTo(error, 12);
});
