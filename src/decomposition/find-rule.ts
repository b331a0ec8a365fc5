/**
 * @file Find me a rule: the policy with the least error + λ · compute on one half of the replicas, judged on the other.
 *
 * The best of many candidates looks better on the replicas it was chosen on than it is; the held-out replicas took no part
 * in the choice, and differences on them are paired, since what replicas share cancels.
 */
import type { NumberSource } from '../../datasets/contract.ts';
import { replayPolicy } from '../stopping/policy-replay.ts';
import type { Policy, Rules } from '../stopping/policy.ts';
import type { ReplicaRecord } from '../stopping/records.ts';
import { estimate, paired, type Estimate } from './estimate.ts';
import { judge, type Judged } from './judge.ts';

export interface Rival {
  policy: Policy;
  /** Objective on the held-out replicas; null if none counts. */
  objective: Estimate | null;
  /** Objective of the found policy minus this one's, paired over the held-out replicas: below zero where it is better. */
  difference: Estimate | null;
  /** Whether the difference is more than two of its standard errors. */
  significant: boolean;
}

export interface Found extends Pick<Judged, 'error' | 'epochs' | 'compute'> {
  policy: Policy;
  /** Mean objective on the half it was chosen on: too good, the more so the more candidates there were. */
  searched: number;
  /** Objective on the held-out replicas. */
  objective: Estimate | null;
  rivals: Rival[];
}

/** A search that the page can spread over frames: `while (!search.done) search.next()`; then any λ costs next to nothing. */
export class RuleSearch {
  /** Indices of the replicas that candidates are chosen on, and of those held out (one more if their number is odd). */
  readonly chosenOn: readonly number[];
  readonly heldOut: readonly number[];
  readonly #judged: Judged[] = [];

  /** `planned` are the epochs of the whole training; policies must have been parsed with the rules. */
  constructor(
    readonly records: readonly ReplicaRecord[],
    readonly candidates: readonly Policy[],
    readonly rules: Rules,
    readonly planned: number,
    random: NumberSource,
  ) {
    if (records.length < 4) {
      throw new Error(
        `replicas: ${records.length} are too few to find a rule on some and judge it on others; use 4 or more`,
      );
    }
    const order = shuffled(records.length, random);
    const half = Math.floor(records.length / 2);
    this.chosenOn = order.slice(0, half);
    this.heldOut = order.slice(half);
  }

  get done(): boolean {
    return this.#judged.length === this.candidates.length;
  }

  /** Replays the next candidate. */
  next(): void {
    this.#judged.push(this.#judge(this.candidates[this.#judged.length]!, this.chosenOn));
  }

  /**
   * The best of the candidates replayed so far, λ in units of the error for the whole planned training, against rivals.
   * Candidates that end with fewer sound replicas than others are not considered; of equal ones the first wins. Null if no
   * replica is sound.
   */
  find(lambda: number, rivals: readonly Policy[]): Found | null {
    const objectives = this.#judged.map((judged) => objectiveOf(judged, lambda));
    const counts = objectives.map(countSound);
    const most = Math.max(0, ...counts);
    if (most === 0) return null;
    const means = objectives.map((values, i) => (counts[i] === most ? estimate(values)!.value : Infinity));
    const best = means.indexOf(Math.min(...means));
    const policy = this.candidates[best]!;
    const judged = this.#judge(policy, this.heldOut);
    const own = objectiveOf(judged, lambda);
    return {
      policy,
      searched: means[best]!,
      objective: estimate(own),
      error: judged.error,
      epochs: judged.epochs,
      compute: judged.compute,
      rivals: rivals.map((rival) => {
        const theirs = objectiveOf(this.#judge(rival, this.heldOut), lambda);
        const difference = paired(own, theirs);
        return { policy: rival, objective: estimate(theirs), difference, significant: isSignificant(difference) };
      }),
    };
  }

  #judge(policy: Policy, replicas: readonly number[]): Judged {
    const records = replicas.map((r) => this.records[r]!);
    return judge(records, replayPolicy(records, policy, this.rules), this.planned);
  }
}

/** Whether a mean is more than two of its standard errors away from zero. */
export function isSignificant(difference: Estimate | null): boolean {
  return difference !== null && difference.se !== null && Math.abs(difference.value) > 2 * difference.se;
}

const objectiveOf = ({ errors, spent }: Judged, lambda: number) => errors.map((error, i) => error + lambda * spent[i]!);
const countSound = (values: Float64Array) => values.reduce((n, value) => (Number.isNaN(value) ? n : n + 1), 0);

/** 0 to n − 1 in random order (Fisher and Yates). */
function shuffled(n: number, random: NumberSource): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
