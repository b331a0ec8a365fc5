/** @file Mean losses, accuracies and the decomposition of the error at every epoch, extended as the tape grows. */
import type { Tape } from '../engine/record/tape.ts';
import { decompose, type DecompositionTarget } from './decompose.ts';
import { predictionsAtEpoch } from './kept-predictions.ts';

const LOSSES = ['trainLoss', 'validationLoss', 'testLoss'] as const;
const ACCURACIES = ['trainAccuracy', 'validationAccuracy', 'testAccuracy'] as const;

/** Every column is `[E]`: a mean over the replicas still sound at that epoch, NaN where nothing is known. */
export class Curves {
  /** Epochs computed. */
  length = 0;
  /** Replicas still sound. */
  readonly counted: Uint16Array;
  readonly trainLoss: Float64Array;
  readonly validationLoss: Float64Array;
  readonly testLoss: Float64Array;
  /** Accuracies are known for classification only. */
  readonly trainAccuracy: Float64Array;
  readonly validationAccuracy: Float64Array;
  readonly testAccuracy: Float64Array;
  readonly error: Float64Array;
  /** Needs two replicas, as the variance does. */
  readonly bias2: Float64Array;
  readonly variance: Float64Array;
  /** What training sets and seeds add to the variance, where replicas share them. */
  readonly sampling: Float64Array;
  readonly optimisation: Float64Array;

  constructor(
    readonly tape: Tape,
    readonly target: DecompositionTarget,
  ) {
    const { epochs } = tape.shape;
    const column = () => new Float64Array(epochs).fill(NaN);
    this.counted = new Uint16Array(epochs);
    this.trainLoss = column();
    this.validationLoss = column();
    this.testLoss = column();
    this.trainAccuracy = column();
    this.validationAccuracy = column();
    this.testAccuracy = column();
    this.error = column();
    this.bias2 = column();
    this.variance = column();
    this.sampling = column();
    this.optimisation = column();
  }

  /** Computes the epochs recorded since the last call; `until` spreads a long tape over several calls. */
  extend(until: number = this.tape.length): void {
    const { tape } = this;
    const { replicas: R, epochs: E, classification } = tape.shape;
    const names = classification ? [...LOSSES, ...ACCURACIES] : LOSSES;
    for (; this.length < Math.min(until, tape.length); this.length++) {
      const e = this.length;
      const parts = decompose(predictionsAtEpoch(tape, e), R, this.target);
      if (!parts) continue;
      this.counted[e] = parts.replicas;
      this.error[e] = parts.error;
      this.bias2[e] = parts.bias2 ?? NaN;
      this.variance[e] = parts.variance ?? NaN;
      this.sampling[e] = parts.sources?.sampling?.value ?? NaN;
      this.optimisation[e] = parts.sources?.optimisation?.value ?? NaN;
      for (const name of names) {
        let sum = 0;
        for (let r = 0; r < R; r++) if (tape.sound(r, e)) sum += tape[name][r * E + e]!;
        this[name][e] = sum / parts.replicas;
      }
    }
  }
}
