/** @file Compared rules against the outcome of each on its own. */
import { describe, expect, it } from 'vitest';
import type { Policy } from '../engine/experiment/experiment.ts';
import { parsePolicy } from '../stopping/policy.ts';
import { recordsOf } from '../stopping/records.ts';
import { replayTape } from '../stopping/replay.ts';
import { RULES } from '../stopping/rules/index.ts';
import { kerasPolicy } from '../stopping/keras.testing.ts';
import { tapeOf } from '../stopping/tape.testing.ts';
import { Curves } from '../decomposition/curves.ts';
import { OutcomeReader } from './outcome.ts';
import { SideBySide } from './side-by-side.ts';

/** Three replicas, five of eight planned epochs. */
const errors = [
  [5, 2, 10, 17, 26],
  [10, 5, 2, 5, 17],
  [17, 10, 5, 10, 10],
];
const validation = [
  [3, 2, 4, 5, 6],
  [3, 4, 5, 1, 6],
  [5, 4, 3, 2, 1],
];
const tape = tapeOf(
  { replicas: 3, epochs: 8 },
  {
    validationLoss: (r, e) => validation[r]![e]!,
    error: (r, e) => errors[r]![e]!,
    prediction: (r, e) => Math.sqrt(errors[r]![e]! - 1),
  },
  5,
);
const BEST = 1;

function policy(input: unknown): Policy {
  const parsed = parsePolicy(input, RULES);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy;
}
const patience = (n: number) => policy({ rule: 'keras', patience: n, restore_best_weights: true });
const never = policy({ rule: 'threshold' });

function compared(...policies: Policy[]): SideBySide {
  const contest = new SideBySide(recordsOf(tape), tape.shape.epochs, BEST);
  contest.want(policies);
  while (!contest.done) contest.next();
  return contest;
}

describe('SideBySide', () => {
  it('says where a rule stops, with what error, and how far that is from the best common epoch', () => {
    // Patience 2 stops after 4 and 3 epochs and never; it keeps epochs 1, 0 and 4 with errors 2, 10 and 10.
    const outcome = compared(patience(2)).outcomeOf(patience(2))!;
    expect(outcome).toMatchObject({ replicas: 3, stops: [3, 2], compute: 0.5 });
    expect(outcome.meanStop).toEqual({ value: 3.5, se: 0.5 });
    // The standard deviations of 4, 3, 5 and of 2, 10, 10 over the root of 3.
    expect(outcome.epochs.value).toBe(4);
    expect(outcome.epochs.se).toBeCloseTo(1 / Math.sqrt(3), 12);
    expect(outcome.error!.value).toBeCloseTo(22 / 3, 12);
    expect(outcome.error!.se).toBeCloseTo(8 / 3, 12);
    // Epoch 1 has errors 2, 5 and 10: differences 0, 5 and 0.
    expect(outcome.regret!.value).toBeCloseTo(5 / 3, 12);
    expect(outcome.regret!.se).toBeCloseTo(5 / 3, 12);
  });

  it('has no mean stop where nothing is stopped', () => {
    expect(compared(never).outcomeOf(never)).toMatchObject({ stops: [], meanStop: null, compute: 5 / 8 });
  });

  it.each([0, 1, 2, 3, 9])('agrees with the outcome of the page for patience %d', (n) => {
    const target = { target: Float64Array.of(0), noise: Float64Array.of(1), known: true, draws: null };
    const curves = new Curves(tape, target);
    curves.extend();
    const own = kerasPolicy({ min_delta: 0, patience: n });
    const page = new OutcomeReader(tape, curves, target).read(replayTape(tape, own, RULES))!;
    expect(page.bestEpoch).toBe(BEST);
    const outcome = compared(own).outcomeOf(own)!;
    expect([outcome.stops.length, outcome.epochs.value, outcome.compute]).toEqual([
      page.fired,
      page.meanStop,
      page.stop.compute,
    ]);
    // Predictions are recorded in float32, and these errors are up to 26.
    expect(outcome.error!.value).toBeCloseTo(page.stop.decomposition!.error, 5);
    expect(outcome.regret!.value).toBeCloseTo(page.stop.regret!.value, 5);
    expect(outcome.regret!.se).toBeCloseTo(page.stop.regret!.se!, 5);
  });

  it('takes one replay a step, and none for what it knows', () => {
    const contest = compared(patience(1));
    contest.want([patience(1), patience(2), never]);
    const shares: number[] = [];
    while (!contest.done) {
      shares.push(contest.progress);
      contest.next();
    }
    expect(shares.map((share) => Math.round(6 * share))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(contest.progress).toBe(1);
    contest.want([never]);
    expect([contest.done, contest.progress]).toEqual([true, 1]);
    expect(contest.outcomeOf(patience(2))).toBeNull();
  });

  it('starts a policy afresh that was given up half way', () => {
    const contest = new SideBySide(recordsOf(tape), 8, BEST);
    contest.want([patience(2)]);
    contest.next();
    contest.want([never]);
    while (!contest.done) contest.next();
    expect(contest.outcomeOf(never)).toEqual(compared(never).outcomeOf(never));
  });

  it('leaves diverged replicas out of error and regret, not out of the epochs', () => {
    const broken = tapeOf(
      { replicas: 2, epochs: 3 },
      { validationLoss: (r, e) => (r === 1 && e > 0 ? NaN : 3 - e), error: (r, e) => (r === 1 && e > 0 ? NaN : 7 - e) },
    );
    const contest = new SideBySide(recordsOf(broken), 3, 2);
    const last = policy({ rule: 'budget', epochs: 2 });
    contest.want([last]);
    while (!contest.done) contest.next();
    // Replica 2 keeps its first epoch, which is sound, but is worth nothing at the best common one.
    expect(contest.outcomeOf(last)).toMatchObject({
      epochs: { value: 2, se: 0 },
      error: { value: 6.5 },
      regret: { value: 1, se: null },
    });
  });
});
