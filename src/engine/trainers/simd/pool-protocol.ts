/** @file The messages between the engine's thread and a worker of its pool. */
import type { StepSettings, TrainerState } from '../trainer.ts';
import type { Shard, TrainedShard } from './shard.ts';

/** `id` numbers the shards that the worker was given, `round` the calls of `advance` for one; both count upwards. */
export type PoolCommand =
  | { type: 'take'; id: number; module: WebAssembly.Module; shard: Shard }
  | {
      type: 'advance';
      request: number;
      id: number;
      round: number;
      epochs: number;
      settings: StepSettings;
      from: TrainerState | null;
    }
  | { type: 'continue'; id: number; round: number }
  | { type: 'drop'; id: number };

export type PoolEvent =
  /** A slice is done; the next one waits for `continue`. */
  | { type: 'sliced'; id: number; round: number; done: number }
  | { type: 'trained'; request: number; id: number; trained: TrainedShard }
  /** An `advance` that will not be answered. */
  | { type: 'refused'; request: number; id: number; message: string }
  /** The shard could not be taken. */
  | { type: 'failed'; id: number; message: string };
