/** @file The weights kept of a run within a budget: epochs thinned by halving, each replica's best, and the last. */
import type { Archive, PickedWeights } from '../protocol.ts';

/** Bytes a run's kept weights may take; at least the last epoch and the best of each replica are kept. */
export const ARCHIVE_BUDGET_BYTES = 64 * 2 ** 20;

interface Kept {
  epoch: number;
  /** `[R, P]` */
  weights: Float32Array;
}

export class WeightArchive {
  #kept: Kept[] = [];
  #stride = 1;
  #bestEpoch: Int32Array;
  #bestLoss: Float32Array;
  #bestWeights: Float32Array;
  readonly #capacity: number;

  constructor(
    private readonly replicas: number,
    private readonly parameters: number,
    budgetBytes = ARCHIVE_BUDGET_BYTES,
  ) {
    const size = replicas * parameters;
    this.#capacity = Math.max(1, Math.floor(budgetBytes / (4 * size)) - 1);
    this.#bestEpoch = new Int32Array(replicas).fill(-1);
    this.#bestLoss = new Float32Array(replicas).fill(NaN);
    this.#bestWeights = new Float32Array(size);
  }

  static from(
    archive: Archive,
    replicas: number,
    parameters: number,
    budgetBytes = ARCHIVE_BUDGET_BYTES,
  ): WeightArchive {
    const restored = new WeightArchive(replicas, parameters, budgetBytes);
    const size = replicas * parameters;
    restored.#kept = Array.from(archive.epochs, (epoch, i) => ({
      epoch,
      weights: archive.weights.slice(i * size, (i + 1) * size),
    }));
    // Epochs stand a power of two apart, but for the last: two that are left say that the next is not reached yet.
    if (archive.epochs.length > 1)
      restored.#stride = 2 ** Math.ceil(Math.log2(archive.epochs[1]! - archive.epochs[0]!));
    restored.#bestEpoch = archive.bestEpoch.slice();
    restored.#bestLoss = archive.bestLoss.slice();
    restored.#bestWeights = archive.bestWeights.slice();
    return restored;
  }

  /** Takes the weights `[R, P]` after an epoch, and its validation losses `[R]`. */
  add(epoch: number, weights: Float32Array, validationLoss: ArrayLike<number>): void {
    const P = this.parameters;
    for (let r = 0; r < this.replicas; r++) {
      const loss = validationLoss[r]!;
      if (!Number.isFinite(loss) || this.#bestLoss[r]! <= loss) continue;
      this.#bestEpoch[r] = epoch;
      this.#bestLoss[r] = loss;
      this.#bestWeights.set(weights.subarray(r * P, (r + 1) * P), r * P);
    }
    this.#keep(epoch, weights.slice());
  }

  #keep(epoch: number, weights: Float32Array): void {
    // The last epoch is always kept; it stays only if it is a multiple of the stride.
    const last = this.#kept.at(-1);
    if (last && last.epoch % this.#stride !== 0) this.#kept.pop();
    this.#kept.push({ epoch, weights });
    while (this.#kept.length > this.#capacity) {
      const before = this.#kept.length;
      this.#stride *= 2;
      this.#kept = this.#kept.filter((kept) => kept.epoch % this.#stride === 0 || kept.epoch === epoch);
      if (this.#capacity === 1 && this.#kept.length === before) this.#kept = this.#kept.slice(-1);
    }
  }

  /** Epochs kept for every replica, ascending. */
  get epochs(): number[] {
    return this.#kept.map((kept) => kept.epoch);
  }

  /** The kept epoch of a replica that is closest to the one asked for, its best included; the earlier of two. */
  nearest(replica: number, epoch: number): number {
    const best = this.#bestEpoch[replica]!;
    const choices = best === -1 ? this.epochs : [...this.epochs, best];
    if (choices.length === 0) throw new Error('no weights are kept yet; train at least one epoch');
    return choices.reduce((near, e) => {
      const closer = Math.abs(e - epoch) - Math.abs(near - epoch);
      return closer < 0 || (closer === 0 && e < near) ? e : near;
    });
  }

  /** The weights of a replica at exactly this epoch; throws, naming the nearest, if they were not kept. */
  pick(replica: number, epoch: number): PickedWeights {
    const P = this.parameters;
    if (!(Number.isInteger(replica) && replica >= 0 && replica < this.replicas)) {
      throw new Error(`replica ${replica}: there are replicas 0 to ${this.replicas - 1}`);
    }
    const kept = this.#kept.find((k) => k.epoch === epoch);
    const source = this.#bestEpoch[replica] === epoch ? this.#bestWeights : kept?.weights;
    if (!source) {
      const near = this.nearest(replica, epoch);
      throw new Error(
        `the weights after ${epoch + 1} epochs were not kept; the nearest kept are those after ${near + 1} epochs`,
      );
    }
    return { replica, epoch, weights: source.slice(replica * P, (replica + 1) * P) };
  }

  export(): Archive {
    const size = this.replicas * this.parameters;
    const weights = new Float32Array(this.#kept.length * size);
    this.#kept.forEach((kept, i) => weights.set(kept.weights, i * size));
    return {
      epochs: Int32Array.from(this.epochs),
      weights,
      bestEpoch: this.#bestEpoch.slice(),
      bestLoss: this.#bestLoss.slice(),
      bestWeights: this.#bestWeights.slice(),
    };
  }
}
