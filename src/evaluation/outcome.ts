/** @file The outcome of a policy on a tape, beside the three stops that can only be known in hindsight. */
import type { Tape } from '../engine/record/tape.ts';
import type { ReplicaReplay } from '../stopping/rule.ts';
import type { Curves } from '../decomposition/curves.ts';
import { decompose, type Decomposition, type DecompositionTarget } from '../decomposition/decompose.ts';
import { predictionsAtEpochs } from '../decomposition/kept-predictions.ts';
import { paired, type Estimate } from '../decomposition/estimate.ts';

/** One way to choose the epoch whose weights each replica keeps. */
export interface OutcomeColumn {
  /** Null if every replica has diverged at the epoch it keeps. */
  decomposition: Decomposition | null;
  /** `[R]`: the epoch kept; −1 where a replica has none. */
  restored: Int32Array;
  /** Mean epochs trained (index + 1) over all replicas: to the stop, or in hindsight to the epoch kept. */
  epochs: number;
  /** Mean optimizer steps taken, and FLOPs of their training; NaN where a tape has not recorded them. */
  steps: number;
  flops: number;
  /** Epochs trained as a share of those planned. */
  compute: number;
  /** Error above the best common stop, paired over replicas; null for that stop itself. */
  regret: Estimate | null;
}

export interface Outcome {
  /** Epochs on the tape this was read from. */
  length: number;
  replays: ReplicaReplay[];
  /** Replicas that the rule stopped. */
  fired: number;
  /** Mean epochs trained, those that never stopped counted with all their epochs: `stop.epochs`, as the flags say it. */
  meanStop: number;
  /** As the policy stops. */
  stop: OutcomeColumn;
  /** The common epoch of lowest mean error: chosen in hindsight. */
  best: OutcomeColumn;
  bestEpoch: number;
  /** The epochs about the best one, both included, that cannot be told apart from it: within one paired standard error. */
  level: { from: number; to: number };
  /** The last epoch recorded. */
  last: OutcomeColumn;
  /** Each replica's own epoch of lowest error: chosen in hindsight. */
  oracle: OutcomeColumn;
  /** Error at the last epoch minus error as stopped, paired over replicas. */
  costOfGoingOn: Estimate | null;
}

type Hindsight = Pick<Outcome, 'length' | 'best' | 'bestEpoch' | 'level' | 'last' | 'oracle'>;

/** Reads outcomes from a tape that may still grow. What hindsight knows does not depend on the policy: it is kept. */
export class OutcomeReader {
  #hindsight: Hindsight | null = null;

  constructor(
    readonly tape: Tape,
    readonly curves: Curves,
    readonly target: DecompositionTarget,
  ) {}

  /**
   * `replays` are those of the policy on this tape, one for each replica. Null while nothing is recorded, and if no
   * replica was ever sound. The curves must reach as far as the tape.
   */
  read(replays: ReplicaReplay[]): Outcome | null {
    const { tape } = this;
    if (this.#hindsight?.length !== tape.length) this.#hindsight = this.#lookBack();
    if (!this.#hindsight) return null;
    const restored = Int32Array.from(replays, ({ restored }) => restored);
    const stops = Int32Array.from(replays, ({ stop }) => stop);
    const stop = this.#column(restored, stops, this.#hindsight.best.decomposition);
    return {
      ...this.#hindsight,
      replays,
      fired: replays.filter(({ fired }) => fired).length,
      meanStop: stop.epochs,
      stop,
      costOfGoingOn: difference(this.#hindsight.last.decomposition, stop.decomposition, this.target),
    };
  }

  #lookBack(): Hindsight | null {
    const { tape, curves } = this;
    if (curves.length < tape.length) {
      throw new Error(`outcome: the curves reach epoch ${curves.length} of ${tape.length}; extend them first`);
    }
    const bestEpoch = lowest(curves.error.subarray(0, tape.length));
    if (bestEpoch === -1) return null;
    const { replicas: R, epochs: E } = tape.shape;
    const common = (epoch: number) => new Int32Array(R).fill(epoch);
    const own = Int32Array.from({ length: R }, (_, r) => {
      const sound = tape.divergedAt[r] === -1 ? tape.length : tape.divergedAt[r]!;
      return lowest(tape.error.subarray(r * E, r * E + sound));
    });
    const best = this.#column(common(bestEpoch), common(bestEpoch), null);
    return {
      length: tape.length,
      bestEpoch,
      best,
      level: levelWith(tape, bestEpoch, this.target),
      last: this.#column(common(tape.length - 1), common(tape.length - 1), best.decomposition),
      oracle: this.#column(own, own, best.decomposition),
    };
  }

  #column(restored: Int32Array, stops: Int32Array, best: Decomposition | null): OutcomeColumn {
    const { tape, target } = this;
    const decomposition = decompose(predictionsAtEpochs(tape, restored), tape.shape.replicas, target);
    const epochs = stops.reduce((sum, stop) => sum + stop + 1, 0) / stops.length;
    return {
      decomposition,
      restored,
      epochs,
      steps: meanAt(tape, 'updates', stops),
      flops: meanAt(tape, 'flops', stops),
      compute: epochs / tape.shape.epochs,
      regret: difference(decomposition, best, target),
    };
  }
}

function difference(a: Decomposition | null, b: Decomposition | null, { draws }: DecompositionTarget): Estimate | null {
  return a && b && paired(a.perReplica, b.perReplica, draws);
}

/** How far to either side of an epoch the mean error stays within one standard error of its own, paired over replicas. */
function levelWith(tape: Tape, epoch: number, { draws }: DecompositionTarget): Outcome['level'] {
  const { replicas: R, epochs: E } = tape.shape;
  const errors = (e: number) =>
    Float64Array.from({ length: R }, (_, r) => (tape.sound(r, e) ? tape.error[r * E + e]! : NaN));
  const best = errors(epoch);
  const isLevel = (e: number) => {
    const above = paired(errors(e), best, draws);
    return above !== null && above.se !== null && above.value <= above.se;
  };
  let [from, to] = [epoch, epoch];
  while (from > 0 && isLevel(from - 1)) from--;
  while (to < tape.length - 1 && isLevel(to + 1)) to++;
  return { from, to };
}

/** Index of the first lowest value that is a number; −1 if there is none. */
function lowest(values: ArrayLike<number>): number {
  let at = -1;
  for (let i = 0; i < values.length; i++) if (values[i]! < (at === -1 ? Infinity : values[at]!)) at = i;
  return at;
}

/** Mean over the replicas of what each had taken by the end of an epoch of its own; nothing before the first. */
function meanAt(tape: Tape, meter: 'updates' | 'flops', epochs: Int32Array): number {
  const of = (epoch: number, r: number) => (epoch === -1 ? 0 : tape[meter][r * tape.shape.epochs + epoch]!);
  return epochs.reduce((sum, epoch, r) => sum + of(epoch, r), 0) / epochs.length;
}
