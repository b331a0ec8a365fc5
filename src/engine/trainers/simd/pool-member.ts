/** @file What every member of the worker pool can do: take a shard of the replicas and train it. */
import type { Gate, StepSettings, TrainerState } from '../trainer.ts';
import type { Shard, TrainedShard } from './shard.ts';

/** The training of one shard by the member that took it. */
export interface ShardTraining {
  /**
   * Trains with the shard's step settings, on from where the last `advance` ended or, if given, from a state of the
   * shard. Asks at the gate before each slice of work but the first. If that rejects, so does this, and the next
   * `advance` has to be given a state.
   */
  advance(epochs: number, settings: StepSettings, from: TrainerState | null, gate: Gate): Promise<TrainedShard>;
  dispose(): void;
}

export interface PoolMember {
  take(shard: Shard): ShardTraining;
  dispose(): void;
}
