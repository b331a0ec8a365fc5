/** @file A kept run, as a checkpoint gives it back. */
import type { Table } from '../../datasets/contract.ts';
import type { TapeColumns } from '../checkpoints/tape-columns.ts';
import type { Experiment } from '../engine/experiment/experiment.ts';
import type { EngineState } from '../engine/protocol.ts';
import type { RecordedOn } from './run.svelte.ts';

/** What was kept of a run, and all that it takes to go on with it. */
export interface KeptRun {
  experiment: Experiment;
  /** The reader's own rows, for data that do not come with the page. */
  table: Table | null;
  tape: TapeColumns;
  state: EngineState;
  device: RecordedOn;
}
