/** @file The quantities of landscape cells against outcomes of single replays. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Tape } from '../engine/record/tape.ts';
import type { Axis } from '../stopping/axes.ts';
import { falseStops } from '../stopping/false-stops.ts';
import { kerasPolicy } from '../stopping/keras.testing.ts';
import type { Landscape } from '../stopping/landscape.ts';
import { landscapeOf as landscapeOfPolicy } from '../stopping/landscape-of.ts';
import { recordsOf, type ReplicaRecord } from '../stopping/records.ts';
import { replayTape } from '../stopping/replay.ts';
import { tapeOf } from '../stopping/tape.testing.ts';
import { RULES } from '../stopping/rules/index.ts';
import { Curves } from '../decomposition/curves.ts';
import { OutcomeReader } from './outcome.ts';
import { bestCommonEpoch } from './best-common-epoch.ts';
import { SideBySide } from './side-by-side.ts';
import { LandscapeQuantity, QUANTITIES, type QuantityName } from './landscape-values.ts';

const [R, E, D] = [4, 12, 3];
const axis = (path: string, values: readonly number[]): Axis => ({
  path,
  label: path,
  values,
  log: false,
  integer: false,
});
const x = axis('patience', [1, 2, 4, 7]);
const y = axis('min_delta', [0.01, 0.2, 0.6]);
const target = { target: Float64Array.of(0.5, -1, 2), noise: Float64Array.of(0.1, 0.3, 0.2), known: true, draws: null };

/** Random losses and predictions; the errors are those of the predictions, and some replicas diverge. */
const tapes = fc
  .record({
    losses: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: R * E, maxLength: R * E }),
    predictions: fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: R * E * D, maxLength: R * E * D }),
    divergedAt: fc.array(fc.constantFrom(E, E, E, 0, 3, 8), { minLength: R, maxLength: R }),
  })
  .map(({ losses, predictions, divergedAt }) => {
    const prediction = (r: number, e: number, i: number) => Math.fround(predictions[(r * E + e) * D + i]!);
    const error = (r: number, e: number) => {
      if (e >= divergedAt[r]!) return NaN;
      let sum = 0;
      for (let i = 0; i < D; i++) sum += (prediction(r, e, i) - target.target[i]!) ** 2 + target.noise[i]!;
      return sum / D;
    };
    return tapeOf(
      { replicas: R, epochs: E, points: D },
      { validationLoss: (r, e) => losses[r * E + e]!, prediction, error },
    );
  });

const stopping = kerasPolicy();
const kerasLandscape = (records: readonly ReplicaRecord[], policy: typeof stopping, x: Axis, y: Axis | null) =>
  landscapeOfPolicy(records, policy, RULES, x, y);
function landscapeOf(tape: Tape): Landscape {
  const landscape = kerasLandscape(recordsOf(tape), stopping, x, y);
  while (!landscape.done) landscape.next();
  return landscape;
}
function curvesOf(tape: Tape): Curves {
  const curves = new Curves(tape, target);
  curves.extend();
  return curves;
}
function quantityOf(landscape: Landscape, name: QuantityName, tape: Tape | null): LandscapeQuantity {
  const quantity = new LandscapeQuantity(landscape, name, tape && curvesOf(tape));
  while (!quantity.done) quantity.next();
  return quantity;
}

/** Errors on the tape are float32; the decomposition computes them anew in float64: 1e-5 covers it at this size. */
const near = (value: number | null | undefined) => (typeof value === 'number' ? expect.closeTo(value, 5) : NaN);

describe('LandscapeQuantity', () => {
  it('colours every cell by what the outcome of its policy says', () => {
    fc.assert(
      fc.property(tapes, (tape) => {
        const landscape = landscapeOf(tape);
        const quantities = Object.fromEntries(QUANTITIES.map((name) => [name, quantityOf(landscape, name, tape)]));
        const reader = new OutcomeReader(tape, curvesOf(tape), target);
        y.values.forEach((minDelta, row) =>
          x.values.forEach((patience, column) => {
            const at = (name: QuantityName) => quantities[name]!.values[row * x.values.length + column]!;
            const outcome = reader.read(replayTape(tape, kerasPolicy({ patience, min_delta: minDelta }), RULES));
            if (!outcome) return expect(at('error')).toBeNaN();
            const { stop } = outcome;
            expect(at('error')).toEqual(near(stop.decomposition?.error));
            expect(at('regret')).toEqual(near(stop.regret?.value));
            expect(at('bias2')).toEqual(near(stop.decomposition?.bias2));
            expect(at('variance')).toEqual(near(stop.decomposition?.variance));
            expect(at('epochs')).toBeCloseTo(stop.epochs, 12);
            expect(at('saved')).toBeCloseTo(1 - stop.compute, 12);
          }),
        );
      }),
    );
  });

  it('colours false stops by their share', () => {
    fc.assert(
      fc.property(tapes, (tape) => {
        const { values } = quantityOf(landscapeOf(tape), 'falseStops', tape);
        const expected = y.values.flatMap((minDelta) => [
          ...falseStops(recordsOf(tape), kerasPolicy({ min_delta: minDelta }), RULES, x.values).probability,
        ]);
        expect([...values]).toEqual(expected);
      }),
    );
  });

  it('finds the best cell and its standard error', () => {
    // Both replicas have their best validation loss at epoch 0 and a better one at epoch 3: patience 3 gets there.
    const tape = tapeOf(
      { replicas: 2, epochs: 6, points: D },
      {
        validationLoss: (_, e) => [0.5, 0.6, 0.6, 0.4, 0.6, 0.6][e]!,
        error: (r, e) => (e === 3 ? 0.25 : 1) + r,
        prediction: (r, e, i) => target.target[i]! + (e === 3 ? 0 : 1) + (r === 0 ? -1 : 1),
      },
    );
    const landscape = kerasLandscape(
      recordsOf(tape),
      stopping,
      { ...x, values: [1, 2, 3, 4] },
      { ...y, values: [0.001, 0.2] },
    );
    while (!landscape.done) landscape.next();
    const best = (name: QuantityName) => quantityOf(landscape, name, tape).best();
    expect([...landscape.error]).toEqual([1.5, 1.5, 0.75, 0.75, 1.5, 1.5, 1.5, 1.5]);
    // Errors 0.25 and 1.25: sd = 1/√2, se = sd/√2.
    expect(best('error')).toEqual({ row: 0, column: 2, value: 0.75, se: expect.closeTo(0.5, 12) });
    // Both replicas lie exactly at the common best: no regret, and no spread of it.
    expect(best('regret')).toEqual({ row: 0, column: 2, value: 0, se: 0 });
    // Predictions 1 below and above the target: variance 2, and (m − f)² − variance/2 = −1. Two replicas give no se.
    expect(best('bias2')).toEqual({ row: 0, column: 2, value: expect.closeTo(-1, 12), se: null });
    expect(best('variance')).toMatchObject({ row: 0, column: 0, value: expect.closeTo(2, 12) });
    expect(best('falseStops')).toEqual({ row: 0, column: 2, value: 0, se: 0 });
    expect([best('epochs'), best('saved')]).toEqual([null, null]);
  });

  it('has no best where nothing is sound', () => {
    const tape = tapeOf({ replicas: R, epochs: 3, points: D }, { error: () => NaN });
    const landscape = landscapeOf(tape);
    expect(
      QUANTITIES.filter((name) => name !== 'falseStops').map((name) => quantityOf(landscape, name, tape).best()),
    ).toEqual(Array(6).fill(null));
  });
});

describe('LandscapeQuantity of runs logged elsewhere', () => {
  /** Runs of unlike lengths with gaps, judged by a test loss that knows nothing of the validation loss. */
  const runs = fc.array(
    fc
      .array(
        fc.tuple(
          fc.oneof({ weight: 9, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) }, fc.constant(null)),
          fc.oneof({ weight: 9, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) }, fc.constant(null)),
        ),
        { minLength: 1, maxLength: 20 },
      )
      .map((epochs): ReplicaRecord => ({
        epochs: epochs.length,
        curves: { 'validation-loss': epochs.map(([seen]) => seen) },
        testLoss: null,
        error: epochs.map(([, test]) => test ?? NaN),
      })),
    { minLength: 1, maxLength: 5 },
  );

  it('has in every cell what side by side says of its policy', () => {
    fc.assert(
      fc.property(runs, (records) => {
        const longest = Math.max(...records.map(({ epochs }) => epochs));
        const best = bestCommonEpoch(records);
        const landscape = kerasLandscape(records, stopping, x, y);
        while (!landscape.done) landscape.next();
        const of = (name: QuantityName) => quantityOf(landscape, name, null);
        const [error, regret, epochs, saved] = [of('error'), of('regret'), of('epochs'), of('saved')];
        const side = new SideBySide(records, longest, best ?? -1);
        const cells = y.values.flatMap((minDelta) =>
          x.values.map((patience) => kerasPolicy({ patience, min_delta: minDelta })),
        );
        side.want(cells);
        while (!side.done) side.next();
        cells.forEach((policy, cell) => {
          const outcome = side.outcomeOf(policy)!;
          expect(error.at(cell)).toEqual(outcome.error);
          expect(regret.at(cell)).toEqual(outcome.regret);
          expect(epochs.at(cell)).toEqual({ value: expect.closeTo(outcome.epochs.value, 12), se: null });
          expect(saved.at(cell)).toEqual({ value: expect.closeTo(1 - outcome.compute, 12), se: null });
        });
      }),
    );
  });

  it('refuses the parts of an error, which take predictions', () => {
    const landscape = kerasLandscape([], stopping, x, null);
    expect(() => new LandscapeQuantity(landscape, 'variance', null)).toThrow('colour by error');
  });
});
