/** @file The policy landscape against single replays. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../engine/experiment/experiment.ts';
import type { Tape } from '../engine/record/tape.ts';
import { axesIn, MIN_DELTAS, PATIENCES, withNumber, type Axis } from './axes.ts';
import { falseStops } from './false-stops.ts';
import { kerasPolicy, type KerasSettings } from './keras.testing.ts';
import type { Landscape } from './landscape.ts';
import { landscapeOf } from './landscape-of.ts';
import { parsePolicy, type Rules } from './policy.ts';
import { recordsOf } from './records.ts';
import { replayPolicy, replayTape } from './replay.ts';
import { RULES } from './rules/index.ts';
import { KERAS } from './rules/keras.ts';
import { record, tapeOf } from './tape.testing.ts';

const settings = (over: Partial<KerasSettings>) => kerasPolicy(over);
const keras = (tape: Tape, policy: Policy, x: Axis, y: Axis | null) =>
  landscapeOf(recordsOf(tape), policy, RULES, x, y);
const axis = (path: string, values: readonly number[]): Axis => ({
  path,
  label: path,
  values,
  log: false,
  integer: false,
});

const PATIENCE = axis('patience', PATIENCES);
const MIN_DELTA = axis('min_delta', MIN_DELTAS);

function whole(landscape: Landscape): Landscape {
  while (!landscape.done) landscape.next();
  return landscape;
}

/** A grid of tenths makes ties at exactly min delta common. */
const loss = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0, max: 12 }).map((n) => n / 10) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity) },
);

const R = 3;
/** Tapes of three replicas whose losses know nothing of one another. */
const tapes = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.infiniteStream(loss)).map(([epochs, losses]) => {
  const draw = () => Array.from({ length: R * epochs }, () => losses.next().value as number);
  const [seen, trained, error] = [draw(), draw(), draw()];
  const of = (values: number[]) => (r: number, e: number) => values[r * epochs + e]!;
  return tapeOf({ replicas: R, epochs }, { validationLoss: of(seen), trainLoss: of(trained), error: of(error) });
});

/** What a cell has to hold, from the replays of its policy alone. */
function expectCell(
  landscape: Landscape,
  tape: Tape,
  cell: number,
  replays: readonly { stop: number; restored: number }[],
): void {
  const { epochs } = tape.shape;
  const of = (values: Int32Array) => replays.map((_, r) => values[landscape.indexOf(cell, r)]!);
  expect(of(landscape.stop)).toEqual(replays.map(({ stop }) => stop));
  expect(of(landscape.restored)).toEqual(replays.map(({ restored }) => restored));
  const kept = replays.map(({ restored }, r) => [r, restored] as const).filter(([r, e]) => tape.sound(r, e));
  expect(landscape.counted[cell]).toBe(kept.length);
  // The same few numbers added in the same order: equal to the last bit.
  expect(landscape.error[cell]).toBe(kept.reduce((sum, [r, e]) => sum + tape.error[r * epochs + e]!, 0) / kept.length);
  expect(landscape.epochs[cell]).toBe(replays.reduce((sum, { stop }) => sum + stop + 1, 0) / R);
}

/** Every cell against a function that replays it. */
function expectAll(
  landscape: Landscape,
  tape: Tape,
  replays: (x: number, y: number) => { stop: number; restored: number }[],
): void {
  const rows = landscape.y?.values ?? [NaN];
  rows.forEach((y, row) =>
    landscape.x.values.forEach((x, column) =>
      expectCell(landscape, tape, row * landscape.columns + column, replays(x, y)),
    ),
  );
}

describe('the landscape of the rule of Keras', () => {
  const VALUES: Record<string, number[]> = {
    patience: [0, 1, 2, 3, 5, 8, 13],
    min_delta: [0, 0.1, 0.3, 2],
    start_from_epoch: [0, 1, 4, 40],
    baseline: [0.2, 0.5, 0.9],
  };
  const pairs = fc
    .shuffledSubarray(Object.keys(VALUES), { minLength: 2, maxLength: 2 })
    .map((paths) => paths.map((path) => axis(path, VALUES[path]!)) as [Axis, Axis]);
  const others = fc.record({
    mode: fc.constantFrom('auto' as const, 'min' as const, 'max' as const),
    patience: fc.constantFrom(1, 4),
    min_delta: fc.constantFrom(0, 0.1),
    baseline: fc.option(fc.constantFrom(0.2, 0.5, 0.9)),
    start_from_epoch: fc.constantFrom(0, 0, 1, 4, 40),
    restore_best_weights: fc.boolean(),
  });

  it('holds in every cell what replaying that cell gives, whatever is on its axes', () => {
    fc.assert(
      fc.property(tapes, others, pairs, (tape, over, [x, y]) => {
        expectAll(whole(keras(tape, settings(over), x, y)), tape, (a, b) =>
          replayTape(tape, settings({ ...over, [x.path]: a, [y.path]: b }), RULES),
        );
      }),
    );
  });

  it('counts the false stops that false-stops.ts counts', () => {
    fc.assert(
      fc.property(tapes, others, (tape, over) => {
        const [x, y] = [axis('patience', VALUES.patience!), axis('min_delta', VALUES.min_delta!)];
        const landscape = whole(keras(tape, settings(over), x, y));
        y.values.forEach((min_delta, row) => {
          const { probability } = falseStops(recordsOf(tape), settings({ ...over, min_delta }), RULES, x.values);
          const at = row * landscape.columns;
          expect([...landscape.falseStops.subarray(at, at + landscape.columns)].map((n) => n / R)).toEqual([
            ...probability,
          ]);
        });
      }),
    );
  });

  it('keeps to the epochs there were when it was made, row by row', () => {
    const tape = tapeOf({ epochs: 4 }, {}, 2);
    const landscape = keras(tape, settings({}), PATIENCE, MIN_DELTA);
    landscape.next();
    expect([landscape.cells, landscape.done]).toEqual([PATIENCES.length, false]);
    record(tape, { error: () => 0, validationLoss: () => 0 }, 4);
    whole(landscape);
    // 1 / (epoch + 1) at the second epoch.
    expect(new Set(landscape.error)).toEqual(new Set([0.5]));
    expect(landscape.length).toBe(2);
  });

  it('has no error where no replica counts', () => {
    const diverged = whole(keras(tapeOf({ epochs: 3 }, { error: () => NaN }), settings({}), PATIENCE, MIN_DELTA));
    expect(Math.max(...diverged.counted)).toBe(0);
    expect(diverged.error.every(Number.isNaN)).toBe(true);
    expect(whole(keras(tapeOf({ epochs: 3 }, {}, 0), settings({}), PATIENCE, null)).error[0]).toBeNaN();
  });
});

describe('the landscape of a policy', () => {
  const parsed = (input: unknown): Policy => {
    const result = parsePolicy(input, RULES);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    return result.policy;
  };
  const leaf = fc.constantFrom<unknown>(
    { rule: 'gl', alpha: 5, minProgress: 10, strip: 2 },
    { rule: 'lightning', patience: 2, min_delta: 0.1 },
    { rule: 'keras', patience: 3, restore_best_weights: true },
    { rule: 'keras', patience: 2, restore_best_weights: false, min_delta: 0.1 },
    { rule: 'ema-patience', patience: 2, decay: 0.5 },
    { rule: 'gap', maxGap: 0.5, patience: 1 },
    { rule: 'threshold', target: 0.1 },
    { rule: 'budget', epochs: 7 },
  );
  const group = (member: fc.Arbitrary<unknown>) =>
    fc
      .tuple(fc.constantFrom('any', 'all'), fc.array(member, { minLength: 1, maxLength: 3 }))
      .map(([form, members]) => ({
        [form]: members,
      }));
  const policies = fc.oneof(leaf, group(leaf), group(fc.oneof(leaf, group(leaf)))).map(parsed);
  /** Few values of two numbers of the policy, or of the only one. */
  const cases = policies.chain((policy) => {
    const few = axesIn(policy, RULES, 20).map((one) => ({ ...one, values: one.values.filter((_, i) => i % 7 === 3) }));
    return fc
      .shuffledSubarray(few, { minLength: Math.min(2, few.length), maxLength: Math.min(2, few.length) })
      .map(([x, y]) => ({ policy, x: x!, y: y ?? null }));
  });

  it('holds in every cell what replaying the whole policy there gives', () => {
    fc.assert(
      fc.property(tapes, cases, (tape, { policy, x, y }) => {
        expectAll(whole(landscapeOf(recordsOf(tape), policy, RULES, x, y)), tape, (a, b) => {
          const atX = withNumber(policy, x.path, a);
          return replayPolicy(recordsOf(tape), y ? withNumber(atX, y.path, b) : atX, RULES);
        });
      }),
    );
  });

  it('has the same rows in one pass as cell by cell', () => {
    const { sweep: _, ...others } = KERAS;
    const slow = { keras: others } as unknown as Rules;
    const over = fc.record({
      mode: fc.constantFrom('auto' as const, 'max' as const),
      baseline: fc.constantFrom(null, 0.5),
      restore_best_weights: fc.boolean(),
    });
    fc.assert(
      fc.property(tapes, over, (tape, chosen) => {
        const [x, y] = [axis('patience', [1, 3, 6]), axis('min_delta', [0, 0.1, 0.3])];
        const [a, b] = [slow, RULES].map((rules) => whole(landscapeOf(recordsOf(tape), settings(chosen), rules, x, y)));
        for (const name of ['stop', 'restored', 'falseStops', 'error'] as const) expect(a![name]).toEqual(b![name]);
      }),
    );
  });

  it('counts a stop as false if a better value followed, in the direction of the rule that decides', () => {
    const seen = [5, 4, 6, 7, 3, 9];
    const tape = tapeOf({ epochs: 6 }, { validationLoss: (_, e) => seen[e]!, trainLoss: (_, e) => seen[e]! });
    const of = (policy: unknown, path: string, values: number[]) => [
      ...whole(landscapeOf(recordsOf(tape), parsed(policy), RULES, axis(path, values), null)).falseStops,
    ];
    // Patience 1 stops at 6, with 3 to come; patience 2 at 7; patience 3 never.
    expect(of({ rule: 'lightning', min_delta: 0 }, 'patience', [1, 2, 3])).toEqual([1, 1, 0]);
    // With 2 for an improvement it stops at 4 with its best at 5, which 3 does not beat by more than 2.
    expect(of({ rule: 'lightning', patience: 1 }, 'min_delta', [0.5, 2])).toEqual([1, 0]);
    // Growing: best 5 at the stop after 4, while 6, 7 and 9 follow; best 7 at the stop after 3, with 9 to come.
    expect(of({ rule: 'lightning', mode: 'max' }, 'patience', [1])).toEqual([1]);
    expect(of({ rule: 'budget', mode: 'max' }, 'epochs', [5, 6])).toEqual([1, 0]);
  });

  it('refuses what the tape has not recorded', () => {
    const policy = parsed({ rule: 'keras', monitor: 'validation-accuracy' });
    expect(() => landscapeOf(recordsOf(tapeOf({ epochs: 2 }, {})), policy, RULES, axis('patience', [1]), null)).toThrow(
      'validation-accuracy',
    );
  });
});
