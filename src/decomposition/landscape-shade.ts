/** @file What the cells of the policy landscape are coloured by: numbers read from where each cell stops. */
import type { Landscape } from '../stopping/landscape.ts';
import type { Curves } from './curves.ts';
import { decompose, type DecompositionTarget } from './decompose.ts';
import { estimate, type Estimate } from './estimate.ts';

export const SHADES = ['error', 'regret', 'bias2', 'variance', 'epochs', 'saved', 'falseStops'] as const;
export type ShadeName = (typeof SHADES)[number];

/** The lowest cell of a shade. */
export interface Best extends Estimate {
  row: number;
  column: number;
}

/**
 * The numbers of a landscape that is done, row by row: `while (!done) next()`.
 *
 * - `error`: mean test error at the restored epochs, diverged replicas left out
 * - `regret`: the same above the best common epoch, paired over the replicas that count at both
 * - `bias2`, `variance`: of the predictions at the restored epochs, as in decompose.ts; NaN for one replica
 * - `epochs`: mean epochs trained
 * - `saved`: share of the planned epochs not trained
 * - `falseStops`: share of the replicas whose stop was false
 */
export class Shade {
  /** `[cells]` */
  readonly values: Float64Array;
  /** Rows computed. */
  rows = 0;
  readonly #ensemble: Ensemble | null;
  readonly #bestEpoch: number;

  constructor(
    readonly landscape: Landscape,
    readonly name: ShadeName,
    readonly curves: Curves,
  ) {
    this.values = new Float64Array(landscape.error.length);
    this.#ensemble = name === 'bias2' || name === 'variance' ? new Ensemble(landscape, curves.target) : null;
    this.#bestEpoch = name === 'regret' ? lowest(curves.error.subarray(0, landscape.length)) : -1;
  }

  get done(): boolean {
    return this.rows === this.landscape.height;
  }

  next(): void {
    const { columns } = this.landscape;
    const from = this.rows++ * columns;
    for (let cell = from; cell < from + columns; cell++) this.values[cell] = this.#at(cell);
  }

  /** Among equals the first, by rows; null if no number is finite, and where less is not simply better. */
  best(): Best | null {
    const { values, name, landscape } = this;
    if (name === 'epochs' || name === 'saved') return null;
    const at = lowest(values);
    if (at === -1) return null;
    const row = Math.floor(at / landscape.columns);
    return { row, column: at % landscape.columns, value: values[at]!, se: this.#seAt(at) };
  }

  /** Standard error over the replicas; null where there is none. */
  #seAt(cell: number): number | null {
    const { name, landscape, curves } = this;
    const { tape, restored } = landscape;
    const R = tape.shape.replicas;
    switch (name) {
      case 'error':
      case 'regret':
        return estimate(this.#errors(cell))?.se ?? null;
      case 'bias2':
      case 'variance': {
        const at = (r: number) => {
          const e = restored[landscape.indexOf(cell, r)]!;
          return e !== -1 && tape.sound(r, e) ? tape.prediction(r, e) : null;
        };
        const parts = decompose(at, R, curves.target);
        return parts && (name === 'bias2' ? parts.bias2Se : parts.varianceSe);
      }
      case 'falseStops': {
        const share = landscape.falseStops[cell]! / R;
        return Math.sqrt((share * (1 - share)) / R);
      }
      case 'epochs':
      case 'saved':
        return null;
    }
  }

  #at(cell: number): number {
    const { name, landscape } = this;
    const { replicas: R, epochs: E } = landscape.tape.shape;
    switch (name) {
      case 'error':
        return landscape.error[cell]!;
      case 'regret':
        return estimate(this.#errors(cell))?.value ?? NaN;
      case 'bias2':
        return this.#ensemble!.at(cell).bias2;
      case 'variance':
        return this.#ensemble!.at(cell).variance;
      case 'epochs':
        return landscape.epochs[cell]!;
      case 'saved':
        return 1 - landscape.epochs[cell]! / E;
      case 'falseStops':
        return landscape.falseStops[cell]! / R;
    }
  }

  /** `[R]`: error of each replica, above its own at the best common epoch for the regret; NaN for those left out. */
  #errors(cell: number): Float64Array {
    const { landscape } = this;
    const { tape, restored } = landscape;
    const { replicas: R, epochs: E } = tape.shape;
    const common = this.#bestEpoch;
    return Float64Array.from({ length: R }, (_, r) => {
      const e = restored[landscape.indexOf(cell, r)]!;
      if (e === -1 || !tape.sound(r, e)) return NaN;
      const error = tape.error[r * E + e]!;
      if (common === -1) return error;
      return tape.sound(r, common) ? error - tape.error[r * E + common]! : NaN;
    });
  }
}

/** Index of the first lowest value that is a number; −1 if there is none. */
function lowest(values: ArrayLike<number>): number {
  let at = -1;
  for (let i = 0; i < values.length; i++) if (values[i]! < (at === -1 ? Infinity : values[at]!)) at = i;
  return at;
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
  readonly #epochs: Int16Array;
  readonly #squares: Float64Array;

  constructor(
    readonly landscape: Landscape,
    readonly target: DecompositionTarget,
  ) {
    const R = landscape.tape.shape.replicas;
    this.#sum = new Float64Array(target.target.length);
    this.#epochs = new Int16Array(R).fill(-1);
    this.#squares = new Float64Array(R);
  }

  at(cell: number): { bias2: number; variance: number } {
    const { landscape } = this;
    const { tape, restored } = landscape;
    const R = this.#epochs.length;
    let n = 0;
    let squares = 0;
    for (let r = 0; r < R; r++) {
      const e = restored[landscape.indexOf(cell, r)]!;
      const epoch = e !== -1 && tape.sound(r, e) ? e : -1;
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
    const { tape } = this.landscape;
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
