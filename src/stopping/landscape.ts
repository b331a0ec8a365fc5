/** @file The policy landscape: where every value of two numbers of a rule would have stopped, and what it would have kept. */
import type { Axis } from './axes.ts';
import { errorOf, type ReplicaRecord } from './records.ts';

/** What one row of the map becomes. */
export interface Row {
  /** `[R, columns]`: the last epoch trained. */
  stop: Int32Array;
  /** `[R, columns]`: the epoch whose weights the run ends with; −1 where there is none. */
  restored: Int32Array;
  /** `[columns]`: replicas whose stop was false, see false-stops.ts; 0 before. */
  falseStops: Uint16Array;
}

/** From one index up to, not including, another. */
export interface Span {
  from: number;
  to: number;
}

/** Replays cells of a row on some replicas: each with its values of x and y. */
export type ReplayCells = (row: number, columns: Span, replicas: Span, into: Row) => void;

/**
 * Computes the landscape piece by piece, so that the page can spread it over frames: `while (!done) next()`. It looks at
 * the epochs of its records; a tape that grew needs a new one. A cell is `row · columns + column`.
 */
export class Landscape {
  readonly columns: number;
  readonly height: number;
  /** `[rows, R, columns]`: the last epoch trained, and the epoch kept; see `indexOf`. */
  readonly stop: Int32Array;
  readonly restored: Int32Array;
  /** `[cells]`: mean error at the restored epochs, NaN where no replica counts. */
  readonly error: Float64Array;
  /** `[cells]`: replicas in that mean; those without an error at their restored epoch are left out. */
  readonly counted: Uint16Array;
  /** `[cells]`: mean epochs trained (index + 1), over all replicas. */
  readonly epochs: Float64Array;
  /** `[cells]`: replicas whose stop was false. */
  readonly falseStops: Uint16Array;
  /** `[R]`: what each epoch of a replica is judged by. */
  readonly errors: readonly ArrayLike<number>[];
  /** Epochs of the longest record. */
  readonly length: number;
  /** Cells computed, and replicas of the next one. */
  cells = 0;
  #replicas = 0;

  constructor(
    readonly records: readonly ReplicaRecord[],
    readonly x: Axis,
    /** Null: a strip of one row. */
    readonly y: Axis | null,
    private readonly replayCells: ReplayCells,
    /** What one piece is: a whole row where replaying it at once is cheaper, else one replica in one cell. */
    private readonly piece: 'row' | 'replica',
  ) {
    const replicas = records.length;
    this.errors = records.map(errorOf);
    this.length = records.reduce((most, { epochs }) => Math.max(most, epochs), 0);
    this.columns = x.values.length;
    this.height = y?.values.length ?? 1;
    const cells = this.columns * this.height;
    this.stop = new Int32Array(cells * replicas);
    this.restored = new Int32Array(cells * replicas);
    this.error = new Float64Array(cells);
    this.counted = new Uint16Array(cells);
    this.epochs = new Float64Array(cells);
    this.falseStops = new Uint16Array(cells);
  }

  get done(): boolean {
    return this.cells === this.error.length;
  }

  /** Where a replica stands in `stop` and `restored`. */
  indexOf(cell: number, replica: number): number {
    const { columns } = this;
    return (Math.floor(cell / columns) * this.records.length + replica) * columns + (cell % columns);
  }

  /** Computes the next piece. */
  next(): void {
    const { columns, cells } = this;
    const R = this.records.length;
    const row = Math.floor(cells / columns);
    const from = cells % columns;
    const whole = this.piece === 'row';
    const span = { from, to: whole ? columns : from + 1 };
    const replicas = { from: this.#replicas, to: whole ? R : this.#replicas + 1 };
    const into = {
      stop: this.stop.subarray(row * R * columns, (row + 1) * R * columns),
      restored: this.restored.subarray(row * R * columns, (row + 1) * R * columns),
      falseStops: this.falseStops.subarray(row * columns, (row + 1) * columns),
    };
    this.replayCells(row, span, replicas, into);
    this.#replicas = replicas.to % R;
    if (this.#replicas > 0) return;
    this.#sum(row * columns, span, into);
    this.cells += span.to - span.from;
  }

  #sum(first: number, { from, to }: Span, { stop, restored }: Row): void {
    const { columns, errors } = this;
    const R = errors.length;
    for (let c = from; c < to; c++) {
      let epochs = 0;
      let sum = 0;
      let counted = 0;
      for (let r = 0; r < R; r++) {
        const at = r * columns + c;
        epochs += stop[at]! + 1;
        const error = errors[r]![restored[at]!] ?? NaN;
        if (Number.isNaN(error)) continue;
        sum += error;
        counted++;
      }
      this.error[first + c] = sum / counted;
      this.counted[first + c] = counted;
      this.epochs[first + c] = epochs / R;
    }
  }
}
