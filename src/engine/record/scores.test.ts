/** @file The scores against scikit-learn, against averages over every possible labelling, and against their definitions. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accuracy,
  addPoints,
  brier,
  calibrationError,
  clearTally,
  emptyTally,
  errorRate,
  f1Binary,
  f1Macro,
  reliability,
} from './scores.ts';

interface Case {
  name: string;
  outputs: number;
  p: number[];
  y: number[];
  confusion: number[];
  accuracy: number;
  f1Binary: number | null;
  f1Macro: number;
  brier: number;
  calibrationError: number;
  /** Of the bins that hold points: how many, mean confidence, accuracy. */
  bins: number[][];
}
const { cases } = JSON.parse(readFileSync(new URL('../fixtures/scores.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};

function tallyOf(p: ArrayLike<number>, y: ArrayLike<number>, outputs: number) {
  const tally = emptyTally(outputs);
  addPoints(tally, p, 0, y, 0, p.length / outputs);
  return tally;
}

// Both sides are float64 sums of at most 60 points, or 480 in the library: 1e-13 leaves room for their rounding.
describe.each(cases)('scikit-learn: $name', (known) => {
  const tally = tallyOf(known.p, known.y, known.outputs);

  it('counts the same', () => {
    expect(Array.from(tally.confusion)).toEqual(known.confusion);
  });

  it('scores the same', () => {
    expect(accuracy(tally)).toBeCloseTo(known.accuracy, 13);
    expect(errorRate(tally)).toBeCloseTo(1 - known.accuracy, 13);
    expect(f1Macro(tally)).toBeCloseTo(known.f1Macro, 13);
    if (known.f1Binary === null) expect(() => f1Binary(tally)).toThrow('use f1Macro');
    else expect(f1Binary(tally)).toBeCloseTo(known.f1Binary, 13);
    expect(brier(tally)).toBeCloseTo(known.brier, 13);
  });

  it('has the same calibration', () => {
    const bins = reliability(tally).filter(({ points }) => points > 0);
    expect(bins.map(({ points }) => points)).toEqual(known.bins.map(([points]) => points));
    bins.forEach(({ confidence, accuracy }, b) => {
      expect(confidence).toBeCloseTo(known.bins[b]![1]!, 13);
      expect(accuracy).toBeCloseTo(known.bins[b]![2]!, 13);
    });
    expect(calibrationError(tally)).toBeCloseTo(known.calibrationError, 13);
  });
});

const simplex = (classes: number) =>
  fc
    .array(fc.integer({ min: 0, max: 20 }), { minLength: classes, maxLength: classes })
    .filter((weights) => weights.some((w) => w > 0))
    .map((weights) => weights.map((w) => w / weights.reduce((a, b) => a + b)));

/** Points with probabilities and targets as rows over all classes, and how many outputs say so. */
const rows = (most: number) =>
  fc.constantFrom(1, 2, 3, 5).chain((outputs) => {
    const classes = Math.max(2, outputs);
    const point = fc.record({ p: simplex(classes), y: simplex(classes) });
    return fc.record({ outputs: fc.constant(outputs), points: fc.array(point, { minLength: 1, maxLength: most }) });
  });
const kept = (row: number[], outputs: number) => (outputs === 1 ? row.slice(1) : row);
const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

function plain({ outputs, points }: { outputs: number; points: { p: number[]; y: number[] }[] }) {
  const decided = points.map(({ p: row, y }) => {
    // With one output the probability of class 0 is what is left, to the last bit.
    const p = outputs === 1 ? [1 - row[1]!, row[1]!] : row;
    const decision = p.indexOf(Math.max(...p));
    return { decision, confidence: p[decision]!, right: y[decision]!, y };
  });
  const f1 = (c: number) => {
    const hits = decided.filter(({ decision }) => decision === c);
    const tp = hits.reduce((sum, { y }) => sum + y[c]!, 0);
    const fp = hits.length - tp;
    const fn = decided.filter(({ decision }) => decision !== c).reduce((sum, { y }) => sum + y[c]!, 0);
    return tp === 0 ? 0 : (2 * tp) / (2 * tp + fp + fn);
  };
  const gaps = Array.from({ length: 15 }, (_, b) => {
    const inside = decided.filter(({ confidence: c }) => c > b / 15 && c <= (b + 1) / 15);
    if (inside.length === 0) return 0;
    const gap = Math.abs(mean(inside.map(({ right }) => right)) - mean(inside.map(({ confidence }) => confidence)));
    return (inside.length / points.length) * gap;
  });
  const classes = Math.max(2, outputs);
  return {
    accuracy: mean(decided.map(({ right }) => right)),
    f1Binary: f1(1),
    f1Macro: mean(Array.from({ length: classes }, (_, c) => f1(c))),
    calibrationError: gaps.reduce((a, b) => a + b),
    // Labels drawn from y: Σ p² − 2py + y.
    brier: mean(
      points.map(({ p, y }) =>
        kept(p, outputs).reduce((sum, pk, k) => sum + pk * pk + kept(y, outputs)[k]! * (1 - 2 * pk), 0),
      ),
    ),
  };
}

const flat = (points: { p: number[]; y: number[] }[], outputs: number) => ({
  p: points.flatMap(({ p }) => kept(p, outputs)),
  y: points.flatMap(({ y }) => kept(y, outputs)),
});

describe('on any points', () => {
  it('does what the definitions say', () => {
    fc.assert(
      fc.property(rows(30), (given) => {
        const { p, y } = flat(given.points, given.outputs);
        const tally = tallyOf(p, y, given.outputs);
        const expected = plain(given);
        // Sums of 30 numbers up to 2 in another order.
        expect(accuracy(tally)).toBeCloseTo(expected.accuracy, 12);
        expect(f1Macro(tally)).toBeCloseTo(expected.f1Macro, 12);
        expect(calibrationError(tally)).toBeCloseTo(expected.calibrationError, 12);
        expect(brier(tally)).toBeCloseTo(expected.brier, 12);
        if (tally.classes === 2) expect(f1Binary(tally)).toBeCloseTo(expected.f1Binary, 12);
      }),
    );
  });

  it('takes the average over every labelling where it is linear in the labels', () => {
    fc.assert(
      fc.property(rows(4), ({ outputs, points }) => {
        const classes = Math.max(2, outputs);
        const sums = { accuracy: 0, errorRate: 0, brier: 0 };
        for (let way = 0; way < classes ** points.length; way++) {
          const labels = points.map((_, i) => Math.floor(way / classes ** i) % classes);
          const chance = points.reduce((product, { y }, i) => product * y[labels[i]!]!, 1);
          const labelled = points.map(({ p }, i) => ({ p, y: p.map((_, k) => (k === labels[i] ? 1 : 0)) }));
          const { p, y } = flat(labelled, outputs);
          const tally = tallyOf(p, y, outputs);
          sums.accuracy += chance * accuracy(tally);
          sums.errorRate += chance * errorRate(tally);
          sums.brier += chance * brier(tally);
        }
        const { p, y } = flat(points, outputs);
        const tally = tallyOf(p, y, outputs);
        // At most 625 labellings.
        expect(accuracy(tally)).toBeCloseTo(sums.accuracy, 12);
        expect(errorRate(tally)).toBeCloseTo(sums.errorRate, 12);
        expect(brier(tally)).toBeCloseTo(sums.brier, 12);
      }),
      { numRuns: 30 },
    );
  });

  it('reads from its offsets and no further, and adds up over parts', () => {
    fc.assert(
      fc.property(rows(12), fc.nat(5), fc.nat(5), fc.nat(12), ({ outputs, points }, pAt, yAt, cut) => {
        const { p, y } = flat(points, outputs);
        const whole = tallyOf(p, y, outputs);
        const around = (values: number[], before: number) => [...Array<number>(before).fill(NaN), ...values, NaN];
        const first = Math.min(cut, points.length);
        const parts = tallyOf([NaN], [NaN], outputs);
        clearTally(parts);
        addPoints(parts, around(p, pAt), pAt, around(y, yAt), yAt, first);
        const rest = points.length - first;
        addPoints(parts, around(p, pAt), pAt + first * outputs, around(y, yAt), yAt + first * outputs, rest);
        expect(parts).toEqual(whole);
      }),
    );
  });
});

it('is calibrated where the predictions are the truth', () => {
  fc.assert(
    fc.property(rows(20), ({ outputs, points }) => {
      const p = points.flatMap((point) => kept(point.p, outputs));
      const tally = tallyOf(p, p, outputs);
      expect(calibrationError(tally)).toBeCloseTo(0, 12);
      expect(accuracy(tally)).toBeCloseTo(mean(points.map((point) => Math.max(...point.p))), 12);
      const variance = p.reduce((sum, pk) => sum + pk * (1 - pk), 0) / points.length;
      expect(brier(tally)).toBeCloseTo(variance, 12);
    }),
  );
});

it('has the calibration error 0.2 on ten confidences worked out by hand', () => {
  const confidences = [0.95, 0.9, 0.8, 0.75, 0.6, 0.55, 0.5, 0.35, 0.3, 1];
  const right = [1, 1, 0, 1, 1, 0, 1, 0, 0, 1];
  // The other nine classes share the rest; a wrong decision has class 1 for its truth.
  const p = confidences.flatMap((c) => [c, ...Array<number>(9).fill((1 - c) / 9)]);
  const y = right.flatMap((r) => [r, 1 - r, ...Array<number>(8).fill(0)]);
  expect(calibrationError(tallyOf(p, y, 10))).toBeCloseTo(0.2, 14);
});

it('puts a confidence on an edge into the bin below, and the next number into the one above', () => {
  const next = (x: number) => {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, x);
    view.setBigInt64(0, view.getBigInt64(0) + 1n);
    return view.getFloat64(0);
  };
  const binOf = (confidence: number) => {
    // Twenty classes, so that 1/15 can be the largest probability.
    const p = [confidence, ...Array<number>(19).fill((1 - confidence) / 19)];
    return reliability(tallyOf(p, [1, ...Array<number>(19).fill(0)], 20)).findIndex(({ points }) => points === 1);
  };
  for (let b = 1; b <= 15; b++) expect(binOf(b / 15)).toBe(b - 1);
  for (let b = 1; b < 15; b++) expect(binOf(next(b / 15))).toBe(b);
});

it('tells nothing about a network whose predictions are not finite, nor about no points', () => {
  for (const p of [
    [0.2, NaN, 0.7],
    [0.2, Infinity, 0.7],
  ]) {
    const tally = tallyOf(p, [0, 1, 1], 1);
    for (const score of [accuracy, errorRate, f1Binary, f1Macro, brier, calibrationError])
      expect(score(tally)).toBeNaN();
    for (const { points, confidence } of reliability(tally)) expect([points, confidence]).toEqual([NaN, NaN]);
  }
  const none = emptyTally(3);
  for (const score of [accuracy, errorRate, brier, calibrationError]) expect(score(none)).toBeNaN();
  expect(f1Macro(none)).toBe(0);
  expect(reliability(none).map(({ confidence, accuracy }) => confidence ?? accuracy)).toEqual(Array(15).fill(null));
});
