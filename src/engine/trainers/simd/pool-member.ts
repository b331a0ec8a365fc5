/** @file A member of the crew, whoever it is. */
import type { Gate, StepSettings, TrainerState } from '../trainer.ts';
import type { Part, PartTrained } from './shard.ts';

/** A part in somebody's hands. */
export interface Hands {
  /**
   * Trains with the part's settings, on from where the last `advance` ended or, if given, from a state of the part. Asks at
   * the gate before each slice of work but the first. If that rejects, so does this, and the next `advance` has to be
   * given a state.
   */
  advance(epochs: number, settings: StepSettings, from: TrainerState | null, gate: Gate): Promise<PartTrained>;
  dispose(): void;
}

export interface Member {
  take(part: Part): Hands;
  dispose(): void;
}
