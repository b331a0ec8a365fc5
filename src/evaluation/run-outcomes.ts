/** @file What a rule would have kept of each run of a log, held against the best that the run itself reached. */
import { minIndex } from 'd3-array';
import { estimate, paired, type Estimate } from '../decomposition/estimate.ts';
import type { Policy, RulePolicy } from '../engine/experiment/experiment.ts';
import { ruleOf, type Rules } from '../stopping/policy.ts';
import { errorOf, type ReplicaRecord } from '../stopping/records.ts';
import { replayPolicy } from '../stopping/replay.ts';
import { settingsOf } from '../stopping/roles.ts';
import type { ReplicaReplay } from '../stopping/rule.ts';
import { sweepCounter } from '../stopping/sweep.ts';

export interface RunOutcomes {
  /** One a run. */
  replays: readonly Pick<ReplicaReplay, 'stop' | 'fired' | 'restored'>[];
  /** `[R]`: error of what is kept, NaN where it is worth nothing; the same above the least of the run; evaluations trained. */
  kept: Float64Array;
  above: Float64Array;
  trained: Float64Array;
}

/** `[R]`: where each run has its least error, the first of equals; −1 where it has none. */
export function bestOf(records: readonly ReplicaRecord[]): Int32Array {
  return Int32Array.from(records, (record, r) => minIndex(errorOf(record, r) as Float64Array));
}

/** Throws if the records lack what the policy needs. */
export function outcomesOf(
  records: readonly ReplicaRecord[],
  bests: Int32Array,
  policy: Policy,
  rules: Rules,
): RunOutcomes {
  return outcomesAt(records, bests, replayPolicy(records, policy, rules));
}

export function outcomesAt(
  records: readonly ReplicaRecord[],
  bests: Int32Array,
  replays: RunOutcomes['replays'],
): RunOutcomes {
  const kept = Float64Array.from(replays, ({ restored }, r) => errorOf(records[r]!, r)[restored] ?? NaN);
  return {
    replays,
    kept,
    above: kept.map((error, r) => error - (errorOf(records[r]!, r)[bests[r]!] ?? NaN)),
    trained: Float64Array.from(replays, ({ stop }) => stop + 1),
  };
}

/** The rule with each value of its counter (ascending), in one pass over each run where it can; it must have a counter. */
export function outcomesByCounter(
  records: readonly ReplicaRecord[],
  bests: Int32Array,
  policy: RulePolicy,
  rules: Rules,
  counters: readonly number[],
): RunOutcomes[] {
  const restores = (fired: boolean) => ruleOf(policy, rules).restores?.(settingsOf(policy), fired) ?? true;
  const [whenFired, whenNot] = [restores(true), restores(false)];
  const swept = records.map((record, r) => {
    const { stop, best } = sweepCounter(record, policy, rules, counters, r);
    return { stop: stop.slice(), best: best.slice() };
  });
  return counters.map((_, c) => {
    const replays = swept.map(({ stop, best }, r) => {
      const fired = stop[c]! !== -1;
      const end = fired ? stop[c]! : records[r]!.epochs - 1;
      return { stop: end, fired, restored: (fired ? whenFired : whenNot) && best[c]! !== -1 ? best[c]! : end };
    });
    return outcomesAt(records, bests, replays);
  });
}

/** The same without any rule that stops: a number of evaluations for every run, or all where it has fewer. */
export function outcomesOfBudget(records: readonly ReplicaRecord[], bests: Int32Array, budget: number): RunOutcomes {
  const replays = records.map(({ epochs }) => {
    const stop = Math.min(budget, epochs) - 1;
    return { stop, fired: budget <= epochs, restored: stop };
  });
  return outcomesAt(records, bests, replays);
}

/** What a rule comes to over all runs. */
export interface Summary {
  /** Runs, and how many the rule never stops. */
  runs: number;
  never: number;
  /** Runs that are stopped and keep an evaluation before their best. */
  early: number;
  /** Means over the runs that count; null if none does. */
  kept: Estimate | null;
  above: Estimate | null;
  trained: Estimate;
  /** Mean of all evaluations that the runs have. */
  length: number;
}

export function ruleSummary(
  { replays, kept, above, trained }: RunOutcomes,
  records: readonly ReplicaRecord[],
  bests: Int32Array,
): Summary {
  return {
    runs: replays.length,
    never: replays.filter(({ fired }) => !fired).length,
    early: replays.filter(({ fired, restored }, r) => fired && restored < bests[r]!).length,
    kept: estimate(kept),
    above: estimate(above),
    trained: estimate(trained)!,
    length: records.reduce((sum, { epochs }) => sum + epochs, 0) / records.length,
  };
}

/** What another rule keeps and trains against the one in use, run by run. */
export interface RuleDifference {
  /** Error of the other minus that of the one in use; null if no run counts. */
  kept: Estimate | null;
  trained: Estimate;
}

export function differenceOf(other: RunOutcomes, base: RunOutcomes): RuleDifference {
  return { kept: paired(other.kept, base.kept), trained: paired(other.trained, base.trained)! };
}
