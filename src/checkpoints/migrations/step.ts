/** @file What a step from one format of stored records to the next is. */
import type { Experiment } from '../../engine/experiment/experiment.ts';
import type { Tree } from '../../engine/experiment/tree.ts';

/** What a step makes of a record of format `from`, in the format after it; the number itself is written for it. */
export interface RecordStep {
  from: number;
  meta(record: Tree): Tree;
  /** Its experiment is of the current version; the record has a tape with a shape, and a state. */
  bulk(record: Tree, experiment: Experiment): Tree;
}
