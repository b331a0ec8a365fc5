/** @file The quantities that colour the policy landscape, computed from where each cell stops. */
import type { Tape } from '../engine/record/tape.ts';
import type { Landscape } from '../stopping/landscape.ts';
import type { Curves } from '../decomposition/curves.ts';
import { decompose, type Decomposition, type DecompositionTarget } from '../decomposition/decompose.ts';
import { estimate, type Estimate } from '../decomposition/estimate.ts';
import { bestCommonEpoch } from './best-common-epoch.ts';

export const QUANTITIES = ['error', 'regret', 'bias2', 'variance', 'epochs', 'saved', 'falseStops'] as const;
export type QuantityName = (typeof QUANTITIES)[number];

/** The lowest cell of a quantity. */
export interface Best extends Estimate {
  row: number;
  column: number;
}

/**
 * The numbers of a landscape that is done, row by row: `while (!done) next()`.
 *
 * - `error`: mean error at the restored epochs, replicas without one left out
 * - `regret`: the same above the best common epoch, paired over the replicas that count at both
 * - `bias2`, `variance`: of the predictions at the restored epochs, as in decompose.ts; NaN for one replica
 * - `epochs`: mean epochs trained
 * - `saved`: share of the planned epochs not trained; of runs logged elsewhere those of the longest count as planned
 * - `falseStops`: share of the replicas whose stop was false
 */
export class LandscapeQuantity {
  /** `[cells]` */
  readonly values: Float64Array;
  /** Rows computed. */
  rows = 0;
  readonly #ensemble: Ensemble | null;
  /** `[R]`: what the errors are counted from: those at the best common epoch for the regret, NaN if there is none. */
  readonly #zero: Float64Array;

  constructor(
    readonly landscape: Landscape,
    readonly name: QuantityName,
    /** Of the tape behind the landscape; null: histories logged elsewhere, of which no prediction is known. */
    readonly curves: Curves | null,
  ) {
    this.values = new Float64Array(landscape.error.length);
    this.#ensemble = name === 'bias2' || name === 'variance' ? ensembleOf(landscape, curves) : null;
    const best = name === 'regret' ? bestEpoch(landscape, curves) : null;
    this.#zero = Float64Array.from(landscape.errors, (error) => (name === 'regret' ? (error[best ?? -1] ?? NaN) : 0));
  }

  get done(): boolean {
    return this.rows === this.landscape.height;
  }

  next(): void {
    const { columns } = this.landscape;
    const from = this.rows++ * columns;
    for (let cell = from; cell < from + columns; cell++) this.values[cell] = this.#value(cell);
  }

  /** Among equals the first, by rows; null if no number is finite, and where less is not simply better. */
  best(): Best | null {
    const { values, name, landscape } = this;
    if (name === 'epochs' || name === 'saved') return null;
    const at = lowest(values);
    if (at === -1) return null;
    return { row: Math.floor(at / landscape.columns), column: at % landscape.columns, ...this.at(at)! };
  }

  /** The number of a cell that is computed; null where nothing counts. */
  at(cell: number): Estimate | null {
    const value = this.values[cell]!;
    return Number.isNaN(value) ? null : { value, se: this.#seAt(cell) };
  }

  /** Standard error over the replicas; null where there is none. */
  #seAt(cell: number): number | null {
    const { name, landscape } = this;
    switch (name) {
      case 'error':
      case 'regret':
        return estimate(this.#errors(cell))?.se ?? null;
      case 'bias2':
        return this.#ensemble!.decompose(cell)?.bias2Se ?? null;
      case 'variance':
        return this.#ensemble!.decompose(cell)?.varianceSe ?? null;
      case 'falseStops': {
        const R = landscape.records.length;
        const share = landscape.falseStops[cell]! / R;
        return Math.sqrt((share * (1 - share)) / R);
      }
      case 'epochs':
      case 'saved':
        return null;
    }
  }

  #value(cell: number): number {
    const { name, landscape, curves } = this;
    switch (name) {
      case 'error':
        return landscape.error[cell]!;
      case 'regret':
        return estimate(this.#errors(cell))?.value ?? NaN;
      case 'bias2':
        return this.#ensemble!.parts(cell).bias2;
      case 'variance':
        return this.#ensemble!.parts(cell).variance;
      case 'epochs':
        return landscape.epochs[cell]!;
      case 'saved':
        return 1 - landscape.epochs[cell]! / (curves?.tape.shape.epochs ?? landscape.length);
      case 'falseStops':
        return landscape.falseStops[cell]! / landscape.records.length;
    }
  }

  /** `[R]`: error of each replica, for the regret above its own at the best common epoch; NaN for those left out. */
  #errors(cell: number): Float64Array {
    const { landscape } = this;
    const { errors, restored } = landscape;
    return this.#zero.map((zero, r) => (errors[r]![restored[landscape.indexOf(cell, r)]!] ?? NaN) - zero);
  }
}

/** The common epoch of lowest mean error; null if there is none. */
function bestEpoch({ records, length }: Landscape, curves: Curves | null): number | null {
  if (!curves) return bestCommonEpoch(records);
  const best = lowest(curves.error.subarray(0, length));
  return best === -1 ? null : best;
}

/** Index of the first lowest value that is a number; −1 if there is none. */
function lowest(values: ArrayLike<number>): number {
  let at = -1;
  for (let i = 0; i < values.length; i++) if (values[i]! < (at === -1 ? Infinity : values[at]!)) at = i;
  return at;
}

function ensembleOf(landscape: Landscape, curves: Curves | null): Ensemble {
  if (!curves)
    throw new Error('landscape: histories have no predictions, and so no bias² and variance; colour by error');
  return new Ensemble(landscape, curves.tape, curves.target);
}

/**
 * Variance and bias² of one cell after the other. Neighbours keep mostly the same weights, so the sum of the predictions
 * is carried over and only replicas that differ are exchanged; with p_r, m, n, f as in decompose.ts:
 *   variance = (Σ|p_r|² − n |m|²) / (n − 1) / D,   bias² = |m − f|² / D − variance / n
 */
class Ensemble {
  /** `[D, K]`: sum of the predictions that count. */
  readonly #sum: Float64Array;
  /** `[R]`: the epoch of each, −1 for those left out, and its sum of squares. */
  readonly #epochs: Int32Array;
  readonly #squares: Float64Array;

  constructor(
    readonly landscape: Landscape,
    readonly tape: Tape,
    readonly target: DecompositionTarget,
  ) {
    const R = tape.shape.replicas;
    this.#sum = new Float64Array(target.target.length);
    this.#epochs = new Int32Array(R).fill(-1);
    this.#squares = new Float64Array(R);
  }

  /** The whole decomposition of one cell; null where every replica has diverged. */
  decompose(cell: number): Decomposition | null {
    const { tape } = this;
    const at = (r: number) => {
      const epoch = this.#kept(cell, r);
      return epoch === -1 ? null : tape.prediction(r, epoch);
    };
    return decompose(at, tape.shape.replicas, this.target);
  }

  /** The epoch whose weights a replica ends with; −1 where it does not count. */
  #kept(cell: number, r: number): number {
    const { landscape, tape } = this;
    const epoch = landscape.restored[landscape.indexOf(cell, r)]!;
    return epoch !== -1 && tape.sound(r, epoch) ? epoch : -1;
  }

  parts(cell: number): { bias2: number; variance: number } {
    const R = this.#epochs.length;
    let n = 0;
    let squares = 0;
    for (let r = 0; r < R; r++) {
      const epoch = this.#kept(cell, r);
      if (epoch !== this.#epochs[r]) this.#exchange(r, epoch);
      if (epoch === -1) continue;
      n++;
      squares += this.#squares[r]!;
    }
    if (n < 2) return { bias2: NaN, variance: NaN };
    const { target, noise } = this.target;
    let mean2 = 0;
    let gap2 = 0;
    for (let i = 0; i < target.length; i++) {
      const mean = this.#sum[i]! / n;
      mean2 += mean * mean;
      gap2 += (mean - target[i]!) ** 2;
    }
    const variance = (squares - n * mean2) / (n - 1) / noise.length;
    return { variance, bias2: gap2 / noise.length - variance / n };
  }

  #exchange(r: number, epoch: number): void {
    const { tape } = this;
    const sum = this.#sum;
    const before = this.#epochs[r]!;
    if (before !== -1) {
      const old = tape.prediction(r, before);
      for (let i = 0; i < sum.length; i++) sum[i]! -= old[i]!;
    }
    this.#epochs[r] = epoch;
    if (epoch === -1) return;
    const now = tape.prediction(r, epoch);
    let squares = 0;
    for (let i = 0; i < sum.length; i++) {
      sum[i]! += now[i]!;
      squares += now[i]! * now[i]!;
    }
    this.#squares[r] = squares;
  }
}
