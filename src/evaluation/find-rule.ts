/**
 * @file Find me a rule: the policy with the least error + λ · compute on one half of the replicas, judged on the other.
 *
 * The best of many candidates looks better on the replicas it was chosen on than it is; the held-out replicas took no part
 * in the choice, and differences on them are paired, since what replicas share cancels. Replicas are drawn independently of
 * their number, so every second one is as good a half as a random one.
 */
import { inverseNormal } from '../../datasets/special.ts';
import type { RulePolicy } from '../engine/experiment/experiment.ts';
import { replayPolicy } from '../stopping/replay.ts';
import type { ReplicaRecord } from '../stopping/records.ts';
import { RULES } from '../stopping/rules/index.ts';
import { estimate, paired, type Estimate } from '../decomposition/estimate.ts';
import { judge, type Judged, type Stop } from './stop-costs.ts';

/** Compute is counted in hundreds of epochs: λ is the error that 100 epochs are worth. */
export const COMPUTE_UNIT = 100;
/** Fewer replicas in a half would make anything look possible. */
const LEAST = 4;
export const LEAST_REPLICAS = 2 * LEAST;

/** A rival beside the found rule: significantly worse, significantly better, not to be told apart, the same, not known. */
export type ComparisonResult = 'behind' | 'ahead' | 'level' | 'same' | 'unknown';

export interface Contender {
  policy: RulePolicy;
  /** Mean error on the held-out replicas; null if none counts. */
  error: Estimate | null;
  /** Mean epochs trained there. */
  epochs: number;
}

export interface Comparison {
  /** Error + λ · compute of the rival minus that of the found rule, paired over replicas; null if none counts. */
  difference: Estimate | null;
  /** Half the width of its confidence interval, 95 % for all rivals together; null if too few replicas count. */
  reach: number | null;
  result: ComparisonResult;
}

export interface Rival extends Contender, Comparison {}

export interface Found extends Contender {
  /** Mean error + λ · compute on the half it was chosen on: too good, the more so the more candidates there were. */
  searched: number;
  /** The same on the held-out replicas; null if none counts. */
  objective: Estimate | null;
  rivals: Rival[];
}

/** A search that the page can spread over frames: `while (!search.done) search.next()`; then any λ costs next to nothing. */
export class RuleSearch {
  /** Replicas that candidates are chosen on, and those held out (one more if their number is odd). */
  readonly chosenOn: number;
  readonly heldOut: number;
  readonly #policies: readonly RulePolicy[];
  readonly #searched: Judged[] = [];
  readonly #held: Judged[] = [];
  /** Of the policy at work, for as many replicas as it has been replayed on. */
  #stops: Stop[] = [];

  constructor(
    readonly records: readonly ReplicaRecord[],
    readonly candidates: readonly RulePolicy[],
    rivals: readonly RulePolicy[],
  ) {
    if (records.length < LEAST_REPLICAS) {
      throw new Error(
        `replicas: ${records.length} are too few to find a rule on some and judge it on others; use ${LEAST_REPLICAS} or more`,
      );
    }
    this.chosenOn = Math.floor(records.length / 2);
    this.heldOut = records.length - this.chosenOn;
    this.#policies = [...candidates, ...rivals];
  }

  get done(): boolean {
    return this.#held.length === this.#policies.length;
  }

  /** Share of the work that is done. */
  get progress(): number {
    return this.#held.length / this.#policies.length;
  }

  /** Replays the next policy on the next replica. */
  next(): void {
    const policy = this.#policies[this.#held.length]!;
    const record = this.records[this.#stops.length]!;
    this.#stops.push(replayPolicy([record], policy, RULES)[0]!);
    if (this.#stops.length < this.records.length) return;
    this.#searched.push(this.#judge(1));
    this.#held.push(this.#judge(0));
    this.#stops = [];
  }

  /**
   * The best candidate, λ in units of the error for 100 epochs, against the rivals. Candidates that end with fewer sound
   * replicas than others are not considered; of equal ones the first wins. Null if no replica is sound. Throws if the
   * search is not done.
   */
  find(lambda: number): Found | null {
    if (!this.done)
      throw new Error(`search: ${this.#held.length} of ${this.#policies.length} policies; finish it first`);
    const objectives = this.candidates.map((_, i) => objectiveOf(this.#searched[i]!, lambda));
    const counts = objectives.map(countSound);
    const most = Math.max(0, ...counts);
    if (most === 0) return null;
    const means = objectives.map((values, i) => (counts[i] === most ? estimate(values)!.value : Infinity));
    const best = means.indexOf(Math.min(...means));
    const own = objectiveOf(this.#held[best]!, lambda);
    const count = this.#policies.length - this.candidates.length;
    const rivals = this.#policies.slice(this.candidates.length).map((_, i): Rival => {
      const at = this.candidates.length + i;
      return { ...this.#contender(at), ...compare(objectiveOf(this.#held[at]!, lambda), own, count) };
    });
    return { ...this.#contender(best), searched: means[best]!, objective: estimate(own), rivals };
  }

  #contender(at: number): Contender {
    const { error, epochs } = this.#held[at]!;
    return { policy: this.#policies[at]!, error, epochs };
  }

  /** Every second replica, from the first or the second on. */
  #judge(from: 0 | 1): Judged {
    const half = <T>(list: readonly T[]) => list.filter((_, r) => r % 2 === from);
    return judge(half(this.records), half(this.#stops), COMPUTE_UNIT);
  }
}

/**
 * How a rival compares on the same replicas, by a two-sided paired t test. With several comparisons the chance that any of
 * them is wrong stays at 5 % (Bonferroni): each is made at 5 % over their number.
 */
export function compare(rival: Float64Array, found: Float64Array, comparisons = 1): Comparison {
  const difference = paired(rival, found);
  const pairs = countSound(rival.map((value, i) => value - found[i]!));
  if (!difference || difference.se === null || pairs < LEAST) return { difference, reach: null, result: 'unknown' };
  const { value, se } = difference;
  const reach = criticalT(pairs - 1, 0.05 / comparisons) * se;
  if (value === 0 && se === 0) return { difference, reach, result: 'same' };
  const result = Math.abs(value) <= reach ? 'level' : value > 0 ? 'behind' : 'ahead';
  return { difference, reach, result };
}

/**
 * What |t| exceeds with a probability of `chance`: Student's quantile by the expansion about the normal one (Abramowitz and
 * Stegun 26.7.5). At 5 % within 0.004 of it from 3 degrees of freedom on, at a third of that within 0.03.
 */
export function criticalT(freedom: number, chance = 0.05): number {
  const z = inverseNormal(1 - chance / 2);
  const terms = [
    polynomial(z, [1, 1]) / 4,
    polynomial(z, [5, 16, 3]) / 96,
    polynomial(z, [3, 19, 17, -15]) / 384,
    polynomial(z, [79, 776, 1482, -1920, -945]) / 92160,
  ];
  return terms.reduceRight((sum, term) => (sum + term) / freedom, 0) + z;
}

/** An odd polynomial in z, from its highest power down to the first. */
const polynomial = (z: number, coefficients: readonly number[]) =>
  coefficients.reduce((sum, coefficient) => sum * z * z + coefficient, 0) * z;

const objectiveOf = ({ errors, spent }: Judged, lambda: number) => errors.map((error, i) => error + lambda * spent[i]!);
const countSound = (values: Float64Array) => values.reduce((n, value) => (Number.isNaN(value) ? n : n + 1), 0);
