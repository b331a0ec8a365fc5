/**
 * @file Find me a rule, for the runs of a log: the candidate with the least error + λ · evaluations, judged on runs that
 * took no part in the choice.
 *
 * From `FEW_RUNS` runs on it is chosen on one half and judged on the other; with fewer, one run at a time is left out: chosen
 * on the others, judged on that one. These choices share runs, so their standard error is a little small.
 */
import { paired, type Estimate } from '../decomposition/estimate.ts';
import type { Policy, RulePolicy } from '../engine/experiment/experiment.ts';
import type { Rules } from '../stopping/policy.ts';
import type { ReplicaRecord } from '../stopping/records.ts';
import { replayPolicy } from '../stopping/replay.ts';
import type { ReplicaReplay } from '../stopping/rule.ts';
import { FEW_RUNS } from './few-runs.ts';
import { outcomesAt, type RunOutcomes } from './run-outcomes.ts';

/** λ is the error that this many evaluations are worth. */
export const LAMBDA_UNIT = 100;
/** With two, one would be chosen on one. */
export const LEAST_RUNS = 3;

export interface SearchedRule {
  policy: RulePolicy;
  outcomes: RunOutcomes;
  /** Means over all runs: error above each run's best, evaluations trained. */
  above: number;
  trained: number;
}

export interface LogSearchResult {
  /** Chosen on all runs. */
  chosen: SearchedRule;
  /** How often the choice was made without the runs it was judged on, and how many different rules came of it. */
  choices: number;
  different: number;
  /** Runs judged. */
  judged: number;
  /** Error kept and evaluations trained by the rules so chosen, minus those of the rule in use; null if no run counts. */
  kept: Estimate | null;
  trained: Estimate;
}

/** A search that can be spread over frames: `while (!search.done) search.next()`; then any λ costs next to nothing. */
export class LogSearch {
  readonly searched: SearchedRule[] = [];
  #replays: ReplicaReplay[] = [];

  constructor(
    readonly records: readonly ReplicaRecord[],
    readonly bests: Int32Array,
    readonly candidates: readonly RulePolicy[],
    private readonly rules: Rules,
  ) {
    if (records.length < LEAST_RUNS)
      throw new Error(
        `runs: ${records.length} are too few to find a rule on some and judge it on others; bring ${LEAST_RUNS}`,
      );
  }

  get done(): boolean {
    return this.searched.length === this.candidates.length;
  }

  get progress(): number {
    return (this.searched.length + this.#replays.length / this.records.length) / this.candidates.length;
  }

  /** Replays the next candidate on the next run. */
  next(): void {
    const policy = this.candidates[this.searched.length]!;
    this.#replays.push(replayPolicy([this.records[this.#replays.length]!], policy, this.rules)[0]!);
    if (this.#replays.length < this.records.length) return;
    const outcomes = outcomesAt(this.records, this.bests, this.#replays);
    this.searched.push({ policy, outcomes, above: meanOf(outcomes.above), trained: meanOf(outcomes.trained) });
    this.#replays = [];
  }

  /** Throws if the search is not done. */
  find(lambda: number, base: RunOutcomes): LogSearchResult {
    if (!this.done) throw new Error(`search: ${this.searched.length} of ${this.candidates.length}; finish it first`);
    const n = this.records.length;
    const all = Array.from({ length: n }, (_, r) => r);
    const folds =
      n < FEW_RUNS
        ? all.map((r) => ({ on: all.filter((other) => other !== r), judged: [r] }))
        : [{ on: all.filter((r) => r % 2 === 0), judged: all.filter((r) => r % 2 === 1) }];
    const chosen = folds.map(({ on, judged }) => ({ judged, rule: this.#best(lambda, on) }));
    const kept = new Float64Array(n).fill(NaN);
    const trained = new Float64Array(n).fill(NaN);
    for (const { judged, rule } of chosen) {
      for (const r of judged) {
        kept[r] = rule.outcomes.kept[r]!;
        trained[r] = rule.outcomes.trained[r]!;
      }
    }
    return {
      chosen: this.#best(lambda, all),
      choices: folds.length,
      different: new Set(chosen.map(({ rule }) => rule)).size,
      judged: chosen.reduce((sum, { judged }) => sum + judged.length, 0),
      kept: paired(kept, base.kept),
      trained: paired(trained, base.trained)!,
    };
  }

  /** Of equal ones the first wins, so that the plainest does. */
  #best(lambda: number, runs: readonly number[]): SearchedRule {
    let best = this.searched[0]!;
    let least = Infinity;
    for (const rule of this.searched) {
      const { kept, trained } = rule.outcomes;
      let sum = 0;
      for (const r of runs) sum += kept[r]! + (lambda * trained[r]!) / LAMBDA_UNIT;
      if (!(sum < least - 1e-12 * Math.abs(least === Infinity ? 0 : least))) continue;
      least = sum;
      best = rule;
    }
    return best;
  }
}

/** The rules that no other beats in both means, from the quickest on. */
export function frontOf(searched: readonly SearchedRule[]): SearchedRule[] {
  const sorted = [...searched].sort((a, b) => a.trained - b.trained || a.above - b.above);
  let least = Infinity;
  return sorted.filter(({ above }) => {
    const better = above < least;
    if (better) least = above;
    return better;
  });
}

/** Of those that count; infinite where one does not, so that it is never chosen for that. */
const meanOf = (values: Float64Array) => {
  const sum = values.reduce((a, b) => a + b, 0) / values.length;
  return Number.isNaN(sum) ? Infinity : sum;
};

/** Whether two policies are the same. */
export const isSamePolicy = (a: Policy, b: Policy): boolean => JSON.stringify(a) === JSON.stringify(b);
