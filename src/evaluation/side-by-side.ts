/** @file The outcomes of several policies on the same replicas, each compared with the best common stop. */
import type { Policy } from '../engine/experiment/experiment.ts';
import { replayPolicy } from '../stopping/replay.ts';
import type { ToldReplay } from '../stopping/rule.ts';
import type { ReplicaRecord } from '../stopping/records.ts';
import { RULES } from '../stopping/rules/index.ts';
import { estimate, paired, type Estimate } from '../decomposition/estimate.ts';
import { judge } from './stop-costs.ts';

export interface PolicyOutcome {
  policy: Policy;
  replicas: number;
  /** The epochs, counted from 0, after which the policy stopped a replica; those it never stopped have none. */
  stops: number[];
  /** Mean epochs trained by the replicas that it stopped; null if it stopped none. */
  meanStop: Estimate | null;
  /** Mean error of the weights kept; null if no replica counts, as for the regret. */
  error: Estimate | null;
  /** Error above that of the best common epoch, paired over replicas. */
  regret: Estimate | null;
  /** Mean epochs trained, those never stopped counted with all their epochs. */
  epochs: Estimate;
  /** Mean epochs trained as a share of those planned. */
  compute: number;
}

/** Replays that the page can spread over frames: `want(policies); while (!done) next();` then ask for `outcomeOf`. */
export class SideBySide {
  readonly #best: Float64Array;
  readonly #known = new Map<string, PolicyOutcome>();
  #open: Policy[] = [];
  #wanted = 0;
  /** Of the first open policy, for as many replicas as it has been replayed on. */
  #replays: ToldReplay[] = [];

  /** `planned` are the epochs of the whole training; the records must have an error up to `bestEpoch` at least. */
  constructor(
    readonly records: readonly ReplicaRecord[],
    readonly planned: number,
    bestEpoch: number,
  ) {
    const best = Int32Array.from(records, () => bestEpoch);
    this.#best = judge(
      records,
      [...best].map((stop) => ({ stop, restored: stop })),
      planned,
    ).errors;
  }

  /** Outcomes that are known are kept, those of policies that nobody wants any more are forgotten. */
  want(policies: readonly Policy[]): void {
    const keys = new Map(policies.map((policy) => [keyOf(policy), policy]));
    for (const key of this.#known.keys()) if (!keys.has(key)) this.#known.delete(key);
    this.#open = [...keys].flatMap(([key, policy]) => (this.#known.has(key) ? [] : [policy]));
    this.#wanted = this.#open.length;
    this.#replays = [];
  }

  get done(): boolean {
    return this.#open.length === 0;
  }

  /** Share of the work that is done. */
  get progress(): number {
    if (this.done) return 1;
    return 1 - (this.#open.length - this.#replays.length / this.records.length) / this.#wanted;
  }

  /** Replays the next policy on the next replica; throws if that has not recorded what the policy watches. */
  next(): void {
    const policy = this.#open[0]!;
    this.#replays.push(replayPolicy([this.records[this.#replays.length]!], policy, RULES)[0]!);
    if (this.#replays.length < this.records.length) return;
    this.#known.set(keyOf(policy), this.#outcome(policy, this.#replays));
    this.#open = this.#open.slice(1);
    this.#replays = [];
  }

  /** Null while it is not replayed. */
  outcomeOf(policy: Policy): PolicyOutcome | null {
    return this.#known.get(keyOf(policy)) ?? null;
  }

  #outcome(policy: Policy, replays: readonly ToldReplay[]): PolicyOutcome {
    const { errors, error, compute } = judge(this.records, replays, this.planned);
    const stops = replays.flatMap(({ stop, fired }) => (fired ? [stop] : []));
    return {
      policy,
      replicas: this.records.length,
      stops,
      meanStop: estimate(stops.map((stop) => stop + 1)),
      error,
      regret: paired(errors, this.#best),
      epochs: estimate(replays.map(({ stop }) => stop + 1))!,
      compute,
    };
  }
}

const keyOf = (policy: Policy) => JSON.stringify(policy);
