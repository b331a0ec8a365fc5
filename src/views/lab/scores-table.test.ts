/** @file The table of scores. */
import { describe, expect, it } from 'vitest';
import { Tape } from '../../engine/record/tape.ts';
import { inDigits, scoreRows, scoreWords, soundAt } from './scores-table.ts';

const shape = { replicas: 4, epochs: 2, points: 1, outputs: 1, classification: true };

/** Replica 3 diverges at epoch 1. */
function tapeOf(classification: boolean): Tape {
  const tape = new Tape({ ...shape, classification });
  tape.length = 2;
  tape.divergedAt[3] = 1;
  // [R, E]
  tape.trainLoss.set([1, 9, 2, 9, 3, 9, 4, NaN]);
  tape.testLoss.set([9, 0.5, 9, 0.5, 9, 0.5, 9, NaN]);
  tape.validationLoss.set([0, 0.1, 0, 0.1, 0, 0.4, 0, NaN]);
  if (classification) {
    tape.testAccuracy.set([0, 0.9, 0, 0.8, 0, 0.7, 0, NaN]);
    tape.validationF1.set([0, 1, 0, 1, 0, 1, 0, NaN]);
    tape.trainBrier.set([0.25, 0, 0.25, 0, 0.25, 0, 0.25, 0]);
    tape.testCalibrationError.set([0.1, 0, 0.2, 0, 0.3, 0, 0.4, 0]);
  }
  return tape;
}
const cell = (rows: ReturnType<typeof scoreRows>, name: string, part: number) =>
  rows.find((row) => row.name === name)!.cells[part]!;

describe('the scores of a tape', () => {
  it('are means over the sound replicas with their standard error, each at its own epoch', () => {
    const rows = scoreRows(tapeOf(true), [1, 1, 1, 1]);
    expect(cell(rows, 'loss', 1).value).toBeCloseTo(0.2, 7);
    // sd of 0.1, 0.1, 0.4 is √0.03; three of them
    expect(cell(rows, 'loss', 1).se).toBeCloseTo(0.1, 7);
    expect(cell(rows, 'loss', 2)).toEqual({ value: 0.5, se: 0 });
    expect(cell(rows, 'accuracy (exact match)', 2).value).toBeCloseTo(0.8, 7);
    expect(cell(rows, 'error rate', 2).value).toBeCloseTo(0.2, 7);
    expect(cell(rows, 'error rate', 2).se).toBeCloseTo(cell(rows, 'accuracy (exact match)', 2).se!, 12);
    expect(cell(rows, 'F1', 1)).toEqual({ value: 1, se: 0 });

    const mixed = scoreRows(tapeOf(true), [0, 1, -1, 0]);
    expect(cell(mixed, 'loss', 0).value).toBe((1 + 9 + 4) / 3);
    expect(cell(mixed, 'Brier score', 0).value).toBeCloseTo(0.5 / 3, 7);
    expect(cell(mixed, 'calibration error', 2).value).toBeCloseTo((0.1 + 0 + 0.4) / 3, 7);
  });

  it('are written to the digits their error supports, four decimals at most', () => {
    expect(inDigits({ value: 0.86712, se: 0.0052 })).toEqual({ mean: '0.867', error: '±\u00a00.005' });
    expect(inDigits({ value: 1.2e-7, se: 2e-8 })).toEqual({ mean: '0.0000', error: '±\u00a00.0000' });
    expect(inDigits({ value: -0.5, se: null })).toEqual({ mean: '−0.500', error: '' });
  });

  it('leave out who is not finite there', () => {
    const tape = tapeOf(true);
    expect(soundAt(tape, [1, 1, 1, 1])).toBe(3);
    expect(soundAt(tape, [0, 0, 0, 0])).toBe(4);
    expect(soundAt(tape, [-1, 0, 0, 1])).toBe(2);
    expect(scoreRows(tape, [-1, -1, -1, 1])[0]!.cells).toEqual([null, null, null]);
    expect(scoreRows(tape, [-1, -1, 0, 1])[0]!.cells[0]).toEqual({ value: 3, se: null });
  });

  it('are the losses alone for a regression, and every row has its words', () => {
    const regression = tapeOf(false);
    expect(scoreRows(regression, [0, 0, 0, 0]).map(({ name }) => name)).toEqual(['loss']);
    for (const [tape, objective] of [
      [regression, 'huber'],
      [tapeOf(true), 'binary-cross-entropy'],
    ] as const) {
      const named = scoreRows(tape, [0, 0, 0, 0]).map(({ name }) => name);
      expect(scoreWords({ objective }, tape, null).map(({ name }) => name)).toEqual(named);
    }
    const f1 = (outputs: number, classes: string[] | null) =>
      scoreWords({ objective: 'softmax-cross-entropy' }, { shape: { ...shape, outputs } }, classes)[3]!.words;
    expect(f1(2, ['ham', 'spam'])).toContain('of spam');
    expect(f1(2, null)).toContain('of class 1');
    expect(f1(3, ['a', 'b', 'c'])).toContain('mean over the classes');
  });
});
