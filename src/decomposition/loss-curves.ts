/** @file The error under a loss taken apart at every epoch, extended as the tape grows. */
import type { Tape } from '../engine/record/tape.ts';
import { decomposeLoss, type LossOptions } from './decompose-loss.ts';
import type { DecompositionTarget } from './decompose.ts';
import { predictionsAtEpoch } from './kept-predictions.ts';
import type { ErrorLoss } from './losses/loss.ts';

/** Every column is `[E]`: over the replicas still sound at that epoch, NaN where nothing is known. */
export class LossCurves {
  /** Epochs computed. */
  length = 0;
  readonly error: Float64Array;
  /** Needs two replicas, as the variance does; named as in `Curves`, though only of squared error it is a square. */
  readonly bias2: Float64Array;
  readonly variance: Float64Array;
  /** The same at every epoch; NaN until one is computed. */
  noise = NaN;

  constructor(
    readonly tape: Tape,
    readonly target: DecompositionTarget,
    readonly loss: ErrorLoss,
    readonly options: LossOptions,
  ) {
    const column = () => new Float64Array(tape.shape.epochs).fill(NaN);
    this.error = column();
    this.bias2 = column();
    this.variance = column();
  }

  /** Computes the epochs recorded since the last call; `until` spreads a long tape over several calls. */
  extend(until: number = this.tape.length): void {
    const { tape, target, loss, options } = this;
    for (; this.length < Math.min(until, tape.length); this.length++) {
      const e = this.length;
      const parts = decomposeLoss(loss, predictionsAtEpoch(tape, e), tape.shape.replicas, target, options);
      if (!parts) continue;
      this.noise = parts.noise;
      this.error[e] = parts.error;
      this.bias2[e] = parts.bias ?? NaN;
      this.variance[e] = parts.variance ?? NaN;
    }
  }
}
