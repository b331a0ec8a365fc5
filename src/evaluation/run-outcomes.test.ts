/** @file What rules keep of runs, what other rules would, and a rule found: by hand and by a plain second implementation. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RulePolicy } from '../engine/experiment/experiment.ts';
import { ruleNamed } from '../stopping/edit-policy.ts';
import type { ReplicaRecord } from '../stopping/records.ts';
import { RULES } from '../stopping/rules/index.ts';
import { frontOf, isSamePolicy, LogSearch } from './log-search.ts';
import { otherRules } from './other-rules.ts';
import { bestOf, differenceOf, outcomesByCounter, outcomesOf, outcomesOfBudget, ruleSummary } from './run-outcomes.ts';

const run = (...losses: number[]): ReplicaRecord => ({
  epochs: losses.length,
  curves: { 'validation-loss': losses },
  testLoss: null,
  error: Float64Array.from(losses),
});
const keras = (patience: number, restores = true): RulePolicy => ({
  ...ruleNamed('keras', 'validation-loss', RULES),
  patience,
  min_delta: 0,
  restore_best_weights: restores,
});

const RUNS = [run(5, 3, 4, 4, 1), run(4, 3, 2, 3, 3, 3), run(1, 2)];
const BESTS = bestOf(RUNS);

describe('outcomes', () => {
  it('are held against the best of each run', () => {
    expect([...BESTS]).toEqual([4, 2, 0]);
    const outcomes = outcomesOf(RUNS, BESTS, keras(2), RULES);
    expect([...outcomes.kept]).toEqual([3, 2, 1]);
    expect([...outcomes.above]).toEqual([2, 0, 0]);
    expect([...outcomes.trained]).toEqual([4, 5, 2]);
    expect(ruleSummary(outcomes, RUNS, BESTS)).toMatchObject({ runs: 3, never: 1, early: 1, above: { value: 2 / 3 } });
    const unrestored = outcomesOf(RUNS, BESTS, keras(2, false), RULES);
    expect([...unrestored.kept]).toEqual([4, 3, 2]);
    expect(differenceOf(unrestored, outcomes).kept).toEqual({ value: 1, se: 0 });
  });

  it('of a number of evaluations end where a run does', () => {
    const { kept, trained, replays } = outcomesOfBudget(RUNS, BESTS, 3);
    expect([...kept]).toEqual([4, 2, 2]);
    expect([...trained]).toEqual([3, 3, 2]);
    expect(replays.map(({ fired }) => fired)).toEqual([true, true, false]);
  });

  it('by a counter are those of each value alone', () => {
    const losses = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.array(losses, { minLength: 1, maxLength: 4 }), fc.boolean(), (histories, restores) => {
        const records = histories.map((history) => run(...history));
        const bests = bestOf(records);
        const swept = outcomesByCounter(records, bests, keras(1, restores), RULES, [1, 2, 5]);
        [1, 2, 5].forEach((patience, i) => {
          const alone = outcomesOf(records, bests, keras(patience, restores), RULES);
          expect(swept[i]!.kept).toEqual(alone.kept);
          expect(swept[i]!.trained).toEqual(alone.trained);
        });
      }),
    );
  });
});

describe('other rules', () => {
  it('are the quickest as good as the best, a number for all, and a rise, none of them twice', () => {
    const found = otherRules(RUNS, BESTS, keras(1, false), RULES, [1, 2, 3]);
    expect(found.map(({ reason }) => reason)).toEqual(['quickest', 'most', 'same-for-all', 'waits-for-a-rise']);
    // Patience 3 keeps 1, 2 and 1; patience 1 and 2 keep 3, 2 and 1: a mean of 2/3 more, with a standard error of 2/3.
    expect(found[0]!.policy).toMatchObject({ patience: 1, restore_best_weights: true });
    expect(found[1]!.policy).toMatchObject({ patience: 3 });
    // The bests lie at the fifth, the third and the first value.
    expect(found[2]!.policy).toMatchObject({ rule: 'budget', epochs: 3 });
  });
});

describe('a search', () => {
  const losses = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 12 });
  const candidates = [1, 2, 3, 5].map((patience) => keras(patience));

  it('leaves out each of few runs, as a plain loop does', () => {
    fc.assert(
      fc.property(fc.array(losses, { minLength: 3, maxLength: 7 }), fc.constantFrom(0, 1, 20), (histories, lambda) => {
        const records = histories.map((history) => run(...history));
        const bests = bestOf(records);
        const base = outcomesOf(records, bests, keras(2), RULES);
        const search = new LogSearch(records, bests, candidates, RULES);
        while (!search.done) search.next();
        const { kept, choices, judged } = search.find(lambda, base);
        const all = candidates.map((policy) => outcomesOf(records, bests, policy, RULES));
        const differences = records.map((_, left) => {
          const costs = all.map((outcomes) =>
            outcomes.kept.reduce(
              (sum, e, r) => (r === left ? sum : sum + e + (lambda * outcomes.trained[r]!) / 100),
              0,
            ),
          );
          const least = Math.min(...costs);
          return all[costs.findIndex((cost) => cost <= least + 1e-9)]!.kept[left]! - base.kept[left]!;
        });
        expect(kept!.value).toBeCloseTo(differences.reduce((a, b) => a + b, 0) / records.length, 9);
        expect([choices, judged]).toEqual([records.length, records.length]);
      }),
    );
  });

  it('judges many runs on the half that took no part', () => {
    const records = Array.from({ length: 9 }, (_, r) => run(5, 4 - (r % 2), 4, 4, 1));
    const search = new LogSearch(records, bestOf(records), candidates, RULES);
    while (!search.done) search.next();
    const { judged, choices } = search.find(0, outcomesOf(records, bestOf(records), keras(1), RULES));
    expect([judged, choices]).toEqual([4, 1]);
    expect(() => new LogSearch(records.slice(0, 2), bestOf(records), candidates, RULES)).toThrow('2 are too few');
  });

  it('has a front that nothing beats in both', () => {
    const at = (above: number, trained: number) => ({ above, trained }) as Parameters<typeof frontOf>[0][number];
    expect(frontOf([at(3, 1), at(1, 5), at(2, 2), at(2, 4), at(1, 6)])).toEqual([at(3, 1), at(2, 2), at(1, 5)]);
    expect(isSamePolicy(keras(1), keras(1))).toBe(true);
  });
});
