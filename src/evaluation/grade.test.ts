/** @file Early, late, level and below on tapes made for each of them, and against a second judge. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Curves } from '../decomposition/curves.ts';
import { tapeOf } from '../stopping/tape.testing.ts';
import { isTie, judgePlainly } from './grade.testing.ts';
import { gradeOf } from './grade.ts';
import { OutcomeReader } from './outcome.ts';

/** One test point with target 0 and no noise: the error is the squared prediction. */
const target = { target: Float64Array.of(0), noise: Float64Array.of(0), known: true, draws: null };

/** The grade of an ensemble whose replica r has the error `errors[r][e]` and keeps epoch `kept[r]`. */
function graded(errors: number[][], kept: number[]) {
  const tape = tapeOf(
    { replicas: errors.length, epochs: errors[0]!.length },
    { error: (r, e) => errors[r]![e]!, prediction: (r, e) => Math.sqrt(errors[r]![e]!) },
  );
  const curves = new Curves(tape, target);
  curves.extend();
  const replays = kept.map((epoch) => ({ stop: epoch, fired: true, best: epoch, restored: epoch, wait: 0 }));
  const outcome = new OutcomeReader(tape, curves, target).read(replays)!;
  return { ...gradeOf(outcome), outcome };
}

/** Squares of what float32 holds, as predictions and errors of a tape are. */
const square = (x: number) => Math.fround(x) ** 2;
const valley = (at: number, shift: number) =>
  Array.from({ length: 21 }, (_, e) => square(0.2 + shift + 0.05 * Math.abs(e - at)));

describe('gradeOf', () => {
  const errors = [0, 0.01, 0.02, 0.03].map((shift) => valley(10, shift));

  it('calls kept epochs before the best early, and after it late', () => {
    expect(graded(errors, [2, 3, 2, 4])).toMatchObject({ grade: 'early', sure: true });
    expect(graded(errors, [17, 18, 20, 16])).toMatchObject({ grade: 'late', sure: true });
  });

  it('is level where every replica keeps the best common epoch', () => {
    expect(graded(errors, [10, 10, 10, 10])).toMatchObject({ grade: 'level', sure: false, blame: null });
  });

  it('says neither where the kept epochs lie on both sides', () => {
    expect(graded(errors, [4, 16, 3, 17]).grade).toBe('unknown');
  });

  it('says below where each replica keeps a better epoch of its own', () => {
    const own = [4, 8, 12, 16].map((at) => valley(at, 0));
    expect(graded(own, [4, 8, 12, 16])).toMatchObject({ grade: 'below', sure: true });
  });

  it('says nothing of one replica', () => {
    expect(graded([valley(10, 0)], [3])).toMatchObject({ grade: 'unknown', sure: false });
  });

  it('blames the term that is higher: replicas that agree on a wrong value, or that scatter about the right one', () => {
    const tape = (predictions: (r: number, e: number) => number) => {
      const made = tapeOf(
        { replicas: 6, epochs: 21 },
        { prediction: predictions, error: (r, e) => predictions(r, e) ** 2 },
      );
      const curves = new Curves(made, target);
      curves.extend();
      return { tape: made, curves };
    };
    const at = (kept: number, predictions: (r: number, e: number) => number) => {
      const { tape: made, curves } = tape(predictions);
      const replays = Array.from({ length: 6 }, () => ({
        stop: kept,
        fired: true,
        best: kept,
        restored: kept,
        wait: 0,
      }));
      return gradeOf(new OutcomeReader(made, curves, target).read(replays)!);
    };
    // The mean falls to 0 until epoch 10; from there on the replicas scatter more and more.
    const course = (r: number, e: number) =>
      Math.fround(Math.max(0, 10 - e) / 10 + (r - 2.5) * (0.02 + 0.03 * Math.max(0, e - 10)) + 0.001 * ((r * r) % 5));
    expect(at(2, course)).toMatchObject({ grade: 'early', blame: { term: 'bias2' } });
    expect(at(20, course)).toMatchObject({ grade: 'late', blame: { term: 'variance' } });
  });
});

describe('whatever the tape', () => {
  const ensembles = fc
    .record({ R: fc.integer({ min: 2, max: 8 }), E: fc.integer({ min: 2, max: 16 }) })
    .chain(({ R, E }) =>
      fc.record({
        errors: fc
          .array(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: E, maxLength: E }), {
            minLength: R,
            maxLength: R,
          })
          // No two numbers quite alike.
          .map((rows) =>
            rows.map((row, r) => row.map((x, e) => square(x / 16 + 0.001 * Math.sin(13 * r + 79 * e + 1)))),
          ),
        kept: fc.array(fc.integer({ min: 0, max: E - 1 }), { minLength: R, maxLength: R }),
      }),
    );

  it('agrees with a judge that looks at every number for itself', () => {
    fc.assert(
      fc.property(ensembles, ({ errors, kept }) => {
        fc.pre(!isTie(errors, kept));
        const { grade, sure } = graded(errors, kept);
        expect({ grade, sure }).toEqual(judgePlainly(errors, kept));
      }),
      { numRuns: 500 },
    );
  });

  it('never says early where the kept epochs lie after the best, nor late where they lie before it', () => {
    fc.assert(
      fc.property(ensembles, ({ errors, kept }) => {
        const { grade, outcome } = graded(errors, kept);
        const away = kept.reduce((sum, epoch) => sum + epoch - outcome.bestEpoch, 0);
        expect(grade === 'early' && away >= 0).toBe(false);
        expect(grade === 'late' && away <= 0).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
