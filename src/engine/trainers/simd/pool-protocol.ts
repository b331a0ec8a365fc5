/** @file What crosses the line between the engine's thread and a member of its crew. */
import type { StepSettings, TrainerState } from '../trainer.ts';
import type { Part, PartTrained } from './shard.ts';

/** `shard` names a part in the member's hands, `round` an `advance` of it; both count upwards. */
export type CrewCommand =
  | { type: 'take'; shard: number; module: WebAssembly.Module; part: Part }
  | { type: 'advance'; shard: number; round: number; epochs: number; settings: StepSettings; from: TrainerState | null }
  | { type: 'continue'; shard: number; round: number }
  | { type: 'drop'; shard: number };

export type CrewEvent =
  /** A slice is done; the next one waits for `continue`. */
  | { type: 'sliced'; shard: number; round: number; done: number }
  | { type: 'trained'; shard: number; round: number; trained: PartTrained }
  | { type: 'failed'; shard: number; message: string };
