/**
 * @file The two records of a checkpoint: a light one for the list and the comparison, a heavy one to continue training
 * from.
 */
import type { Table } from '../../datasets/contract.ts';
import type { Experiment } from '../engine/experiment/experiment.ts';
import type { EngineState } from '../engine/protocol.ts';
import type { BackendName } from '../engine/trainers/trainer.ts';
import type { TapeColumns } from './tape-columns.ts';

/** The format of records that is written; earlier ones are read through migrations/. */
export const SCHEMA_VERSION = 2;

/** The outcome in five numbers; NaN where one cannot be given, such as a standard error of one replica. */
export interface OutcomeSummary {
  error: number;
  se: number;
  /** Mean stop over the replicas, as epochs trained; those that never stopped count with the last epoch. */
  meanStop: number;
  bias2: number;
  variance: number;
}

/** Mean over the replicas at each recorded epoch, `[epochs]` each: all that a comparison draws. */
export interface MeanCurves {
  error: Float32Array;
  bias2: Float32Array;
  variance: Float32Array;
}

export interface CheckpointMeta {
  id: string;
  schema: typeof SCHEMA_VERSION;
  name: string;
  /** ISO 8601. */
  savedAt: string;
  experiment: Experiment;
  /** Epochs recorded. */
  epochs: number;
  device: { backend: BackendName; adapter: string };
  outcome: OutcomeSummary;
  curves: MeanCurves;
  sizeBytes: number;
}

export interface CheckpointBulk {
  id: string;
  schema: typeof SCHEMA_VERSION;
  tape: TapeColumns;
  state: EngineState;
  /** The rows of the reader's own table; null for data that come with the page. */
  table: Table | null;
}

/** `unavailable`: the browser's storage failed; `fault`: the page did. */
export type CheckpointProblem = 'missing' | 'damaged' | 'newer' | 'full' | 'unavailable' | 'fault';

/** The message says what is wrong and what to do; `problem` is for code. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
  constructor(
    readonly problem: CheckpointProblem,
    message: string,
  ) {
    super(message);
  }
}
