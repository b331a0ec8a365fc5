/** @file The policy landscape: the test error that every patience and min delta would have ended with. */
import type { StoppingSettings } from '../engine/experiment.ts';
import type { Tape } from '../engine/tape.ts';
import { improves, kerasRule, replayKeras } from './keras.ts';
import { history } from './replay.ts';

/** 1 to 100 epochs. */
export const PATIENCES: readonly number[] = Array.from({ length: 100 }, (_, i) => i + 1);
/** 0.0001 to 0.1, twelve steps a decade, to three digits so that a field and a link show them short. */
export const MIN_DELTAS: readonly number[] = Array.from({ length: 37 }, (_, i) =>
  Number((10 ** (-4 + i / 12)).toPrecision(2)),
);

export interface Cell {
  /** Row: index into `minDeltas`. */
  row: number;
  /** Column: index into `patiences`. */
  column: number;
  error: number;
  /** Standard error over the replicas; null if only one counts. */
  se: number | null;
}

/**
 * Computes the landscape row by row, so that the page can spread it over frames: `while (!done) next()`. It looks at
 * the epochs that were recorded when it was made; a tape that grew needs a new one.
 */
export class Landscape {
  /** `[minDeltas, patiences]`: mean error at the restored epochs, NaN where no replica counts. */
  readonly error: Float64Array;
  /** `[minDeltas, patiences]`: replicas in that mean; those diverged at their restored epoch are left out. */
  readonly counted: Uint16Array;
  /** Rows computed. */
  rows = 0;
  readonly #length: number;

  /** Patiences ascend; patience and min delta of the settings do not matter, all else does. */
  constructor(
    readonly tape: Tape,
    readonly settings: StoppingSettings,
    readonly patiences: readonly number[] = PATIENCES,
    readonly minDeltas: readonly number[] = MIN_DELTAS,
  ) {
    this.#length = tape.length;
    this.error = new Float64Array(minDeltas.length * patiences.length);
    this.counted = new Uint16Array(this.error.length);
  }

  get done(): boolean {
    return this.rows === this.minDeltas.length;
  }

  /** Computes the next row: one pass over each replica's history serves all patiences. */
  next(): void {
    const { patiences, error, counted } = this;
    const minDelta = this.minDeltas[this.rows]!;
    const { mode, baseline, startFromEpoch, restoreBestWeights } = kerasRule(this.settings);
    const sign = mode === 'min' ? 1 : -1;
    const at = this.rows++ * patiences.length;
    for (let r = 0; r < this.tape.shape.replicas; r++) {
      const values = this.#history(r);
      let best = -1;
      let bestValue = NaN;
      let wait = 0;
      let next = 0;
      for (let e = startFromEpoch; e < values.length && next < patiences.length; e++) {
        const value = values[e]!;
        wait++;
        if (best === -1 || improves(value, bestValue, sign, minDelta)) {
          best = e;
          bestValue = value;
          if (baseline === null || improves(value, baseline, sign, minDelta)) wait = 0;
        } else if (e > 0) {
          for (; next < patiences.length && patiences[next]! <= wait; next++)
            this.#add(at + next, r, restoreBestWeights ? best : e);
        }
      }
      const end = restoreBestWeights && best !== -1 ? best : values.length - 1;
      for (; next < patiences.length; next++) this.#add(at + next, r, end);
    }
    for (let i = at; i < at + patiences.length; i++) error[i] = error[i]! / counted[i]!;
  }

  /** The lowest of the rows computed, the smallest min delta and patience among equals; null if none is finite. */
  best(): Cell | null {
    const { patiences, error } = this;
    let best = -1;
    for (let i = 0; i < this.rows * patiences.length; i++) {
      if (error[i]! < (best === -1 ? Infinity : error[best]!)) best = i;
    }
    if (best === -1) return null;
    const row = Math.floor(best / patiences.length);
    const column = best % patiences.length;
    return { row, column, error: error[best]!, se: this.#se(row, column, error[best]!) };
  }

  #history(replica: number): Float32Array {
    return history(this.tape, this.settings.monitor, replica).subarray(0, this.#length);
  }

  #add(cell: number, replica: number, epoch: number): void {
    if (epoch === -1 || !this.tape.sound(replica, epoch)) return;
    this.error[cell]! += this.tape.error[replica * this.tape.shape.epochs + epoch]!;
    this.counted[cell]!++;
  }

  #se(row: number, column: number, mean: number): number | null {
    const { tape, patiences, minDeltas } = this;
    const rule = { ...kerasRule(this.settings), patience: patiences[column]!, minDelta: minDeltas[row]! };
    let squares = 0;
    let n = 0;
    for (let r = 0; r < tape.shape.replicas; r++) {
      const { restored } = replayKeras(this.#history(r), rule);
      if (!tape.sound(r, restored)) continue;
      squares += (tape.error[r * tape.shape.epochs + restored]! - mean) ** 2;
      n++;
    }
    return n > 1 ? Math.sqrt(squares / (n - 1) / n) : null;
  }
}
