/** @file Objectives against their definitions, finite differences, numeric integrals, and extremes where naive formulas overflow. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifies, objectiveMath, OBJECTIVES, pointWeights, type ObjectiveName } from './objectives.ts';
import { inverseNormal } from '../../../datasets/special.ts';
import type { LossSettings } from '../experiment/settings/loss.ts';

const PLAIN: LossSettings = { huberDelta: 1, labelSmoothing: 0, focalGamma: 0, classWeights: 'none' };
const mathOf = (name: ObjectiveName, settings: Partial<LossSettings> = {}) =>
  objectiveMath({ objective: name, loss: { ...PLAIN, ...settings } });

const predict = (name: ObjectiveName, z: number[]) => {
  const into = new Float64Array(z.length);
  mathOf(name).predict(z, 0, z.length, into, 0);
  return Array.from(into);
};
const loss = (name: ObjectiveName, z: number[], target: number[], settings: Partial<LossSettings> = {}) =>
  mathOf(name, settings).loss(z, 0, target, 0, z.length);

describe.each(Object.keys(OBJECTIVES) as ObjectiveName[])('%s', (name) => {
  const outputs = name === 'softmax-cross-entropy' ? 3 : 1;
  const numbers = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: outputs, maxLength: outputs });
  const targets =
    name === 'softmax-cross-entropy'
      ? fc.constantFrom<number[]>([1, 0, 0], [0, 0, 1], [0.2, 0.5, 0.3])
      : fc.double({ min: 0, max: 1, noNaN: true }).map((t) => [t]);
  const settings = fc.record({
    huberDelta: fc.constantFrom(0.3, 1, 2),
    labelSmoothing: fc.constantFrom(0, 0.1),
    focalGamma: fc.constantFrom(0, 0.5, 1, 2, 5),
  });

  it('gives predictions and losses of many points at once as it gives them one by one', () => {
    const wide = fc.array(fc.double({ min: -800, max: 800, noNaN: true }), { minLength: outputs, maxLength: outputs });
    const points = fc.array(fc.tuple(fc.oneof(numbers, wide), targets), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(points, settings, (points, settings) => {
        const math = mathOf(name, settings);
        expect(math.both === null).toBe(!classifies(name) || settings.focalGamma > 0);
        if (!math.both) return;
        const [z, target] = [points.flatMap(([z]) => z), points.flatMap(([, target]) => target)];
        const into = new Float64Array(z.length);
        const sum = math.both([9, ...z], 1, [9, 9, ...target], 2, outputs, points.length, into);
        const each = points.map(([z, target]) => loss(name, z, target, settings));
        // Rounding of a few operations on either way.
        const size = each.reduce((a, b) => a + Math.abs(b), 0);
        expect(Math.abs(sum - each.reduce((a, b) => a + b, 0))).toBeLessThanOrEqual(1e-14 * size);
        points.forEach(([z], i) =>
          predict(name, z).forEach((p, k) => {
            const close = 1e-12 * p + 1e-300;
            expect(Math.abs(into[i * outputs + k]! - p)).toBeLessThanOrEqual(close);
          }),
        );
      }),
    );
  });

  it('has the gradient of its loss', () => {
    fc.assert(
      fc.property(numbers, targets, settings, (z, target, settings) => {
        const h = 1e-5;
        // Where a slope jumps or bends, a difference across it says nothing.
        fc.pre([0, settings.huberDelta].every((kink) => Math.abs(Math.abs(z[0]! - target[0]!) - kink) > 2 * h));
        const gradient = new Float64Array(outputs);
        mathOf(name, settings).gradient(z, 0, target, 0, outputs, gradient, 0);
        z.forEach((_, k) => {
          const moved = (by: number) => z.map((zk, i) => (i === k ? zk + by : zk));
          const difference =
            (loss(name, moved(h), target, settings) - loss(name, moved(-h), target, settings)) / (2 * h);
          // Cancellation leaves about 1e-16 · loss / h.
          expect(gradient[k]).toBeCloseTo(difference, 7);
        });
      }),
    );
  });
});

describe.each((Object.keys(OBJECTIVES) as ObjectiveName[]).filter((name) => !classifies(name)))('%s', (name) => {
  it('is its mean over normal noise, as the trapezoid rule integrates it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: 0.05, max: 2, noNaN: true }),
        fc.constantFrom(0.3, 1),
        (d, sigma, huberDelta) => {
          const math = mathOf(name, { huberDelta });
          let integral = 0;
          const step = 1e-3;
          for (let t = -9; t <= 9; t += step) {
            const density = Math.exp(-0.5 * t * t) / Math.sqrt(2 * Math.PI);
            integral += step * density * math.loss([d], 0, [sigma * t], 0, 1);
          }
          // The kink of the loss leaves an error of the order of step².
          expect(math.loss([d], 0, [0], 0, 1, sigma ** 2)).toBeCloseTo(integral, 5);
        },
      ),
      { numRuns: 30 },
    );
  });
});

it('agrees with minus the log-probability', () => {
  expect(loss('binary-cross-entropy', [0.7], [1])).toBeCloseTo(-Math.log(1 / (1 + Math.exp(-0.7))), 14);
  const [e1, e2, e3] = [Math.exp(1), Math.exp(2), Math.exp(3)] as const;
  expect(loss('softmax-cross-entropy', [1, 2, 3], [0, 1, 0])).toBeCloseTo(-Math.log(e2 / (e1 + e2 + e3)), 14);
  expect(predict('softmax-cross-entropy', [1, 2, 3]).reduce((a, b) => a + b)).toBeCloseTo(1, 14);
});

it('smooths labels and weights hard points more, by the definitions', () => {
  const p = 1 / (1 + Math.exp(-0.7));
  const smoothed = -(0.95 * Math.log(p) + 0.05 * Math.log(1 - p));
  expect(loss('binary-cross-entropy', [0.7], [1], { labelSmoothing: 0.1 })).toBeCloseTo(smoothed, 14);
  expect(loss('binary-cross-entropy', [0.7], [1], { focalGamma: 2 })).toBeCloseTo(-((1 - p) ** 2) * Math.log(p), 14);
  const q = Math.exp(2) / (Math.exp(1) + Math.exp(2) + Math.exp(3));
  const focal = -((1 - q) ** 1.5) * Math.log(q);
  expect(loss('softmax-cross-entropy', [1, 2, 3], [0, 1, 0], { focalGamma: 1.5 })).toBeCloseTo(focal, 14);
});

it('stays finite where probabilities round to 0 and 1', () => {
  expect(loss('binary-cross-entropy', [800], [0])).toBe(800);
  expect(loss('binary-cross-entropy', [-800], [0])).toBe(0);
  expect(loss('softmax-cross-entropy', [0, 900], [1, 0])).toBe(900);
  const into = new Float64Array(2);
  for (const focalGamma of [0.5, 1, 2]) {
    mathOf('binary-cross-entropy', { focalGamma }).gradient([800], 0, [1], 0, 1, into, 0);
    expect(into[0]).toBeCloseTo(0, 14);
    mathOf('softmax-cross-entropy', { focalGamma }).gradient([0, 900], 0, [0, 1], 0, 2, into, 0);
    expect(into.every((g) => Math.abs(g) === 0)).toBe(true);
  }
});

it.each([0, 0.3, 2])(
  'keeps its digits where a class is all but certain, γ = %d: two classes are one output',
  (focalGamma) => {
    for (const z of [-60, -26, 24.5, 27.75, 60]) {
      const [two, one] = [new Float64Array(2), new Float64Array(1)];
      mathOf('softmax-cross-entropy', { focalGamma }).gradient([0, z], 0, [0, 1], 0, 2, two, 0);
      mathOf('binary-cross-entropy', { focalGamma }).gradient([z], 0, [1], 0, 1, one, 0);
      expect(two[1]! / one[0]!).toBeCloseTo(1, 12);
      expect(two[0]! / one[0]!).toBeCloseTo(-1, 12);
      const losses = [
        loss('softmax-cross-entropy', [0, z], [0, 1], { focalGamma }),
        loss('binary-cross-entropy', [z], [1], { focalGamma }),
      ];
      expect(losses[0]! / losses[1]!).toBeCloseTo(1, 12);
    }
  },
);

it('weighs points by their class', () => {
  expect(pointWeights(PLAIN, [0, 1], 2)).toBeNull();
  // Three of class 0, one of class 1: 4 / (2 · 3) and 4 / (2 · 1).
  expect(Array.from(pointWeights({ ...PLAIN, classWeights: 'balanced' }, [0, 0, 1, 0], 2)!)).toEqual([
    2 / 3,
    2 / 3,
    2,
    2 / 3,
  ]);
  expect(Array.from(pointWeights({ ...PLAIN, classWeights: [1, 5] }, [1, 0], 2)!)).toEqual([5, 1]);
});

/** Standard normal numbers, by inversion of evenly spaced shares. */
const NORMALS = (() => {
  const n = 20_000;
  return Float64Array.from({ length: n }, (_, i) => inverseNormal((i + 0.5) / n));
})();

it.each((Object.keys(OBJECTIVES) as ObjectiveName[]).filter((name) => !classifies(name)))(
  'the least that %s can be is its mean over the noise about the truth, and no other prediction has less',
  (name) => {
    for (const sigma of [0.1, 0.35, 2]) {
      const math = mathOf(name, { huberDelta: 0.5 });
      const least = math.least([0.7], 0, 1, sigma ** 2)!;
      const mean = NORMALS.reduce((sum, z) => sum + math.loss([0.7], 0, [0.7 + sigma * z], 0, 1), 0) / NORMALS.length;
      // The tails beyond the last share are left out: about 1e-3 of the mean.
      expect(Math.abs(mean - least)).toBeLessThan(1e-3 * least);
      for (const away of [-0.3, -0.01, 0.01, 1])
        expect(math.loss([0.7 + away], 0, [0.7], 0, 1, sigma ** 2)).toBeGreaterThan(least);
      expect(math.least([0.7], 0, 1, 0)).toBe(0);
    }
  },
);

it('the least that a cross-entropy can be is that of the shares of the labels, and no other prediction has less', () => {
  const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
  fc.assert(
    fc.property(share, share, fc.constantFrom(0, 0.1), (q, p, labelSmoothing) => {
      const settings = { labelSmoothing };
      const t = (1 - labelSmoothing) * q + labelSmoothing / 2;
      const [one, both] = [Math.log(t / (1 - t)), [Math.log(1 - t), Math.log(t)]];
      const least = mathOf('binary-cross-entropy', settings).least([q], 0, 1, 0)!;
      expect(least).toBeCloseTo(loss('binary-cross-entropy', [one], [q], settings), 10);
      expect(loss('binary-cross-entropy', [Math.log(p / (1 - p))], [q], settings)).toBeGreaterThanOrEqual(
        least - 1e-12,
      );
      const soft = mathOf('softmax-cross-entropy', settings).least([1 - q, q], 0, 2, 0)!;
      expect(soft).toBeCloseTo(least, 10);
      expect(soft).toBeCloseTo(loss('softmax-cross-entropy', both, [1 - q, q], settings), 10);
    }),
  );
});
