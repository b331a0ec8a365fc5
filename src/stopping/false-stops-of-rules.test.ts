/** @file False stops of every library's rule against the definition, with the comparison written out as the library has it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RulePolicy } from '../engine/experiment/experiment.ts';
import { axesIn } from './axes.ts';
import { policyOf } from './edit-policy.ts';
import { falseStops } from './false-stops.ts';
import { landscapeOf } from './landscape-of.ts';
import type { ReplicaRecord } from './records.ts';
import { replayPolicy } from './replay.ts';
import { counterOf } from './roles.ts';
import { RULES } from './rules/index.ts';

/** Whether a later loss is better than the best, or a later score where `up`. */
type Better = (later: number, best: number, settings: RulePolicy) => boolean;
const n = Number;

/** Quarters and the like, so that ties at exactly the margin are common and sums exact. */
const CASES: [input: Record<string, unknown>, better: Better][] = [
  [{ rule: 'ignite', patience: 2, threshold: 0.25, mode: 'min' }, (v, b) => v < b - 0.25],
  [{ rule: 'ignite', patience: 2, threshold: 0.25, threshold_mode: 'rel', mode: 'min' }, (v, b) => v < b * 0.75],
  [{ rule: 'ignite', patience: 2, threshold: 0.25, mode: 'max', cumulative: true }, (v, b) => v > b + 0.25],
  [{ rule: 'hugging-face', early_stopping_patience: 2, early_stopping_threshold: 0.25 }, (v, b) => b - v > 0.25],
  [{ rule: 'hugging-face', early_stopping_patience: 2, early_stopping_threshold: -1 }, (v, b) => v < b],
  [
    { rule: 'hugging-face', early_stopping_patience: 2, early_stopping_threshold: 0.25, greater_is_better: 'true' },
    (v, b) => v - b > 0.25,
  ],
  // Its loss fails if it is above best − tol: an improvement of exactly tol counts.
  [{ rule: 'sklearn-mlp', n_iter_no_change: 2, tol: 0.25, mode: 'min' }, (v, b) => v <= b - 0.25],
  [{ rule: 'sklearn-mlp', n_iter_no_change: 2, tol: 0.25, mode: 'max' }, (v, b) => v >= b + 0.25],
  [{ rule: 'sklearn-sgd', n_iter_no_change: 2, tol: 0.25, mode: 'min' }, (v, b) => v <= b - 0.25],
  [{ rule: 'fastai', patience: 2, min_delta: 0.25 }, (v, b) => v + 0.25 < b],
  [{ rule: 'lightning', patience: 2, min_delta: -0.25, check_finite: false }, (v, b) => v - 0.25 < b],
  [{ rule: 'tfjs', patience: 2, minDelta: -0.25 }, (v, b) => v + 0.25 < b],
  [{ rule: 'xgboost', rounds: 2, min_delta: 0.25 }, (v, b) => v < b - 0.25],
  [{ rule: 'xgboost', rounds: 2, monitor: 'validation-accuracy' }, (v, b) => v < b],
  [{ rule: 'lightgbm', stopping_rounds: 2, min_delta: 0.25, mode: 'max' }, (v, b) => v > b + 0.25],
  [{ rule: 'keras', patience: 2, min_delta: 0.25, mode: 'max' }, (v, b) => v > b + 0.25],
  [{ rule: 'tf-keras', patience: 2, min_delta: 0.25 }, (v, b) => v < b - 0.25],
  [{ rule: 'keras-1.2', patience: 2, min_delta: -0.25 }, (v, b) => v < b + 0.25],
  [{ rule: 'ema-patience', patience: 2, minDelta: 0.25 }, (v, b) => v < b - 0.25],
  [{ rule: 'patience', patience: 2, minDelta: 0.25, unit: 'epochs' }, (v, b) => v < b - 0.25],
];

const histories = fc.array(
  fc.array(
    fc.integer({ min: 1, max: 12 }).map((k) => k / 4),
    { minLength: 1, maxLength: 24 },
  ),
  { minLength: 1, maxLength: 4 },
);

const recordsOf = (policy: RulePolicy, values: readonly number[][]): ReplicaRecord[] =>
  values.map((history) => ({
    epochs: history.length,
    curves: { [policy.monitor]: history },
    testLoss: null,
    error: history,
  }));

it.each(CASES)('%j: a stop is false if a later value is better as the library compares', (input, better) => {
  const policy = policyOf(input, RULES) as RulePolicy;
  const { key } = counterOf(policy, RULES)!;
  let some = 0;
  fc.assert(
    fc.property(histories, (values) => {
      const records = recordsOf(policy, values);
      const counters = [1, 2, 3, 5];
      const expected = counters.map((counter) => {
        const replays = replayPolicy(records, { ...policy, [key]: counter }, RULES);
        return replays.filter(
          ({ fired, stop, best }, r) =>
            fired && values[r]!.slice(stop + 1).some((value) => better(value, values[r]![best]!, policy)),
        ).length;
      });
      some += n(expected[1]! > 0);
      const { probability } = falseStops(records, policy, RULES, counters);
      expect([...probability].map((share) => Math.round(share * values.length))).toEqual(expected);
      const x = { ...axesIn(policy, RULES, 24).find(({ path }) => path === key)!, values: counters };
      const landscape = landscapeOf(records, policy, RULES, x, null);
      while (!landscape.done) landscape.next();
      expect([...landscape.falseStops]).toEqual(expected);
    }),
  );
  expect(some).toBeGreaterThan(0);
});

it('HistGradientBoosting, which knows no best, gave up too early if a value passes the one that it compares with', () => {
  const policy = policyOf(
    { rule: 'sklearn-hist-gradient-boosting', n_iter_no_change: 2, tol: 0.25, mode: 'min' },
    RULES,
  );
  const count = (history: number[]) =>
    falseStops(recordsOf(policy as RulePolicy, [history]), policy as RulePolicy, RULES, [2]).probability[0];
  // Stops after the third value, with 1 to compare the next with: more than 0.25 below it is an improvement.
  expect(count([1, 1, 1, 2, 0.75])).toBe(0);
  expect(count([1, 1, 1, 2, 0.5])).toBe(1);
});
