/** @file The pictures of what was learned: domains, keys, tables and the confusion matrix. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decompose } from '../../decomposition/decompose.ts';
import { curvesOf, Tape } from '../../engine/record/tape.ts';
import { classOf, confusion } from './confusion.ts';
import { MAP_KINDS, mapValues } from './map-kinds.ts';
import { pictureAt, predictionOf, predictionsOf } from './picture.ts';
import { emptiestCorner, nearest, plane, roundRange } from './plane.ts';
import { decompositionInputs, trainingPoints } from './points.ts';
import { confusionTwin, percent, scatterTwin } from './tables.ts';

describe('classes', () => {
  it('are above one half, or the first of the largest', () => {
    expect([classOf([0.5], 0, 1), classOf([0.51], 0, 1)]).toEqual([0, 1]);
    expect(classOf([9, 0.2, 0.4, 0.4], 1, 3)).toBe(1);
  });

  it('are counted by truth and by the mean prediction', () => {
    // Three classes, four points; true classes 0, 0, 1, 2, taken for 0, 1, 1, 2.
    const mean = Float64Array.of(0.8, 0.1, 0.1, 0.3, 0.6, 0.1, 0.2, 0.7, 0.1, 0, 0.1, 0.9);
    const target = Float64Array.of(1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1);
    // The first replica says 0, 0, 1, 2 (all right, once unlike the mean), the second 1, 1, 1, 1.
    const first = Float32Array.from(target);
    const second = Float32Array.of(0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0);
    const found = confusion(mean, target, [first, second], 3);
    expect([...found.counts]).toEqual([1, 1, 0, 0, 1, 0, 0, 0, 1]);
    expect([...found.recognised]).toEqual([0.5, 1, 1]);
    expect(found.accuracy).toBe(0.75);
    // Accuracies 1 and ¼: mean 5/8, standard error (¾ / √2) / √2 = 3/8.
    expect(found.single!.value).toBeCloseTo(0.625, 12);
    expect(found.single!.se).toBeCloseTo(0.375, 12);
    expect(found.disagreement).toBe(3 / 8);
  });

  it('stay apart from those that no test point has', () => {
    const found = confusion(Float64Array.of(0.1, 0.2), Float64Array.of(0, 0), [Float32Array.of(0, 0)], 1);
    expect([...found.recognised]).toEqual([1, NaN]);
    expect(confusionTwin(found, ['no', 'yes']).rows).toEqual([
      ['no', '2', '0', '100 %'],
      ['yes', '0', '0', '–'],
    ]);
  });
});

describe('the values of a map', () => {
  it('have the error that the replicas have, point by point', () => {
    const p = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(p, { minLength: 1, maxLength: 8 }), p, fc.constantFrom(1, 2), (said, truth, K) => {
        const n = said.length;
        const m = said.reduce((a, b) => a + b) / n;
        const v = n > 1 ? said.reduce((sum, x) => sum + (x - m) ** 2, 0) / (n - 1) : NaN;
        const found = mapValues(
          {
            mean: Float32Array.from(K === 1 ? [m] : [1 - m, m]),
            variance: Float32Array.of(K * v),
            epochs: new Int32Array(n),
          },
          Float64Array.of(truth),
        );
        const plain = said.reduce((sum, x) => sum + (x - truth) ** 2, 0) / n;
        // The reply is in float32: 24 bits of numbers up to one.
        expect(Math.abs(found.error![0]! - plain)).toBeLessThan(1e-6);
        expect(found.variance[0]! === v || Math.abs(found.variance[0]! - v) < 1e-6 || n === 1).toBe(true);
      }),
    );
  });

  it('lie on scales whose ticks ascend from one end to the other', () => {
    for (const { share, ticks } of Object.values(MAP_KINDS)) {
      const shares = ticks.map(share);
      expect(shares[0]).toBe(0);
      expect(shares.at(-1)).toBe(1);
      expect([...shares].sort((a, b) => a - b)).toEqual(shares);
    }
  });
});

describe('a picture of one epoch', () => {
  const tape = new Tape({ replicas: 3, epochs: 4, points: 2, outputs: 1, classification: false });
  const rows = (values: number[]) => Float32Array.from(values);
  const losses = rows([1, 1, 1, 1, NaN, 1]);
  const names = curvesOf(tape.shape);
  const curves = Object.fromEntries(names.map((name) => [name, losses]));
  tape.append({
    first: 0,
    count: 2,
    curves,
    predictions: rows([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    elapsedMs: 1,
    measuringMs: 0,
  });
  const target = { target: Float64Array.of(0, 0), noise: Float64Array.of(0, 0), known: true, draws: null };

  it('leaves out who has diverged, and ends with the tape', () => {
    const picture = pictureAt(tape, 3, target)!;
    expect([...picture.epochs]).toEqual([1, 1, 1]);
    expect(predictionOf(picture, 1)).toBeNull();
    expect(predictionsOf(picture).map((prediction) => [...prediction])).toEqual([
      [7, 8],
      [11, 12],
    ]);
    expect([...picture.decomposition.mean]).toEqual([9, 10]);
    const plain = decompose((r) => (r === 1 ? null : rows(r === 0 ? [7, 8] : [11, 12])), 3, target);
    expect(picture.decomposition.variance).toBe(plain!.variance);
  });

  it('has nothing of a replica without an epoch', () => {
    expect(predictionOf({ tape, epochs: Int32Array.of(-1, 0, 0) }, 0)).toBeNull();
    expect([...predictionOf({ tape, epochs: Int32Array.of(-1, 0, 0) }, 1)!]).toEqual([3, 4]);
  });
});

describe('points', () => {
  const standardisation = {
    mean: Float64Array.of(10, -1),
    sd: Float64Array.of(2, 4),
    scale: 8,
    target: { mean: 100, sd: 50 },
  };
  const seen = (x: number, y: number) => [((x - 10) / 2) * 8, ((y + 1) / 4) * 8];
  const replicas = {
    count: 2,
    features: 2,
    outputs: 1,
    train: { size: 1, x: Float32Array.from([...seen(1, 2), ...seen(11, -5)]), y: Float32Array.of(0, 0.5) },
    validation: { size: 0, x: new Float32Array(), y: new Float32Array() },
    test: {
      size: 3,
      x: Float32Array.from([...seen(0, 0), ...seen(3, 4), ...seen(5, 6)]),
      target: new Float64Array(3),
      noise: new Float64Array(3),
      known: true,
    },
    draws: null,
    standardisation,
  };

  it('come back in the units they were given in', () => {
    const { x, y } = trainingPoints(replicas, 1);
    expect([...x]).toEqual([11, -5]);
    expect([...y]).toEqual([125]);
    expect([...decompositionInputs(replicas, Int32Array.of(0, 2))]).toEqual([0, 0, 5, 6]);
  });
});

describe('the plane', () => {
  const box = plane({
    width: 348,
    height: 336,
    gutters: { left: 60, right: 20, top: 8, bottom: 22 },
    x: [0, 1],
    y: [-2, 2],
  });

  it('lies between its gutters, y upwards', () => {
    expect([box.x(0), box.x(1), box.y(-2), box.y(2)]).toEqual([60, 328, 314, 8]);
  });

  it('takes the nearest of some points, and none far beyond the last', () => {
    const x = [0.3, 0.5, 0.9];
    const at = (value: number) => nearest(x, box.x, box.x(value), 12);
    expect([0.3, 0.39, 0.41, 0.69, 0.71, 0.9].map(at)).toEqual([0, 0, 1, 1, 2, 2]);
    expect(
      [box.x(0.3) - 12, box.x(0.3) - 13, box.x(0.9) + 12, box.x(0.9) + 13].map((px) => nearest(x, box.x, px, 12)),
    ).toEqual([0, -1, 2, -1]);
  });

  it('has round ends around the values and their margin', () => {
    expect(roundRange([-1, 0.3, 1], 0.875)).toEqual([-2, 2]);
    const [low, high] = roundRange([3, 3, 3], 0);
    expect(low).toBeLessThan(3);
    expect(high).toBeGreaterThan(3);
  });

  it('leaves the key where the fewest points are', () => {
    const sine = Array.from(
      { length: 100 },
      (_, i) => [box.x(i / 100), box.y(Math.sin((2 * Math.PI * i) / 100))] as const,
    );
    expect(emptiestCorner(box, 134, 88, [])).toMatchObject({ right: true, bottom: false });
    expect(emptiestCorner(box, 134, 110, sine)).toMatchObject({ right: true, bottom: false });
    expect(emptiestCorner(box, 134, 88, [[320, 20]])).toMatchObject({ right: false, bottom: false });
    expect(
      emptiestCorner(box, 134, 88, [
        [320, 20],
        [70, 20],
        [320, 300],
      ]),
    ).toMatchObject({ right: false, bottom: true });
  });
});

describe('the table twins', () => {
  it('write shares as percent', () => {
    expect([percent(1), percent(0), percent(0.9472), percent(NaN)]).toEqual(['100 %', '0 %', '94.7 %', '–']);
  });

  it('go from the smallest true value to the largest', () => {
    const truth = Float64Array.of(30, 10, 20);
    const scatter = { truth, mean: Float64Array.of(31, 11, 21), sd: Float64Array.of(NaN, 1, 2), own: null };
    expect(scatterTwin(truth, scatter).rows).toEqual([
      ['2', '10', '11', '1'],
      ['3', '20', '21', '2'],
      ['1', '30', '31', '–'],
    ]);
  });
});
