/** @file Outcomes and the stops of hindsight on tapes worked out by hand. */
import { describe, expect, it } from 'vitest';
import { kerasPolicy, type KerasSettings } from '../stopping/keras.testing.ts';
import { replayTape } from '../stopping/replay.ts';
import { RULES } from '../stopping/rules/index.ts';
import { record, tapeOf } from '../stopping/tape.testing.ts';
import { Curves } from '../decomposition/curves.ts';
import { OutcomeReader } from './outcome.ts';

const settings = (over: Partial<KerasSettings>) => kerasPolicy({ min_delta: 0, ...over });
const target = { target: Float64Array.of(0), noise: Float64Array.of(1), known: true, draws: null };

/** Predictions whose squares are the errors above the noise; validation follows its own course. */
const errors = [
  [4, 1, 9, 16, 25],
  [9, 4, 1, 4, 16],
  [16, 9, 4, 9, 9],
];
const validation = [
  [3, 2, 4, 5, 6],
  [3, 4, 5, 1, 6],
  [5, 4, 3, 2, 1],
];
const recorded = {
  validationLoss: (r: number, e: number) => validation[r]![e]!,
  error: (r: number, e: number) => 1 + errors[r]![e]!,
  prediction: (r: number, e: number) => Math.sqrt(errors[r]![e]!),
  /** Seven optimizer steps an epoch. */
  updates: (_: number, e: number) => 7 * (e + 1),
};

function readerOf(shape: { replicas: number; epochs: number }, over: typeof recorded, length?: number) {
  const tape = tapeOf(shape, over, length);
  const curves = new Curves(tape, target);
  curves.extend();
  const reader = new OutcomeReader(tape, curves, target);
  const read = (stopping: Partial<KerasSettings>) => reader.read(replayTape(tape, settings(stopping), RULES));
  return { tape, curves, read };
}

describe('OutcomeReader', () => {
  const { read } = readerOf({ replicas: 3, epochs: 5 }, recorded);
  const outcome = read({ patience: 2 })!;

  it('follows the policy', () => {
    // Replicas stop after 4, 3 and 5 epochs with those of epochs 1, 0 and 4: errors 2, 10 and 10.
    expect([outcome.fired, outcome.meanStop]).toEqual([2, 4]);
    expect([...outcome.stop.restored]).toEqual([1, 0, 4]);
    expect([...outcome.stop.decomposition!.perReplica].map((x) => Math.round(x * 1e9) / 1e9)).toEqual([2, 10, 10]);
    expect(outcome.stop).toMatchObject({ epochs: 4, steps: 28, compute: 0.8 });
  });

  it('knows in hindsight the best common epoch, each replica’s own, and the last', () => {
    // Mean errors above the noise: 29/3, 14/3, 14/3, 29/3, 50/3. The first of equals.
    expect(outcome.bestEpoch).toBe(1);
    expect(outcome.best).toMatchObject({ epochs: 2, compute: 0.4, regret: null });
    expect([...outcome.oracle.restored]).toEqual([1, 2, 2]);
    expect(outcome.oracle.epochs).toBeCloseTo(8 / 3, 12);
    expect([...outcome.last.restored]).toEqual([4, 4, 4]);
  });

  it('pairs regrets over replicas', () => {
    // Stop minus best: 0, 5, 0; last minus best: 24, 12, 0; oracle minus best: 0, −3, −5; last minus stop: 24, 7, 0.
    const of = (differences: number[]) => {
      const value = differences.reduce((a, b) => a + b, 0) / 3;
      const se = Math.sqrt(differences.reduce((a, x) => a + (x - value) ** 2, 0) / 2 / 3);
      return { value: expect.closeTo(value, 6), se: expect.closeTo(se, 6) };
    };
    expect(outcome.stop.regret).toEqual(of([0, 5, 0]));
    expect(outcome.last.regret).toEqual(of([24, 12, 0]));
    expect(outcome.oracle.regret).toEqual(of([0, -3, -5]));
    expect(outcome.costOfGoingOn).toEqual(of([24, 7, 0]));
  });

  it('keeps hindsight when only the policy changes, and looks back again when the tape grew', () => {
    expect(read({ patience: 1 })!.best).toBe(outcome.best);
    const { tape, curves, read: readGrown } = readerOf({ replicas: 3, epochs: 5 }, recorded, 2);
    const early = readGrown({ patience: 2 })!;
    expect([early.length, early.bestEpoch, early.fired, early.meanStop]).toEqual([2, 1, 0, 2]);
    expect(early.last.compute).toBeCloseTo(0.4, 12);
    record(tape, recorded, 5);
    expect(() => readGrown({})).toThrow('extend them first');
    curves.extend();
    expect(readGrown({ patience: 2 })).toEqual(outcome);
  });

  it('leaves a replica out from where it diverged, in every difference', () => {
    const broken = { ...recorded, error: (r: number, e: number) => (r === 0 && e >= 3 ? NaN : recorded.error(r, e)) };
    const partial = readerOf({ replicas: 3, epochs: 5 }, broken).read({ patience: 2 })!;
    expect(partial.last.decomposition!.replicas).toBe(2);
    expect(partial.stop.decomposition!.replicas).toBe(3);
    expect(partial.costOfGoingOn!.value).toBeCloseTo((7 + 0) / 2, 6);
    expect(partial.oracle.restored[0]).toBe(1);
  });

  it('has no standard errors for one replica and nothing for an empty or unsound tape', () => {
    const one = readerOf({ replicas: 1, epochs: 5 }, recorded).read({ patience: 2 })!;
    expect(one.stop.regret!.se).toBeNull();
    expect(one.stop.decomposition!.variance).toBeNull();
    expect(readerOf({ replicas: 1, epochs: 5 }, recorded, 0).read({})).toBeNull();
    expect(readerOf({ replicas: 1, epochs: 5 }, { ...recorded, error: () => NaN }).read({})).toBeNull();
  });
});
