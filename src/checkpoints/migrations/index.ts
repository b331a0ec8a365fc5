/** @file Stored records of earlier formats, brought to the current one step by step. */
import type { Experiment } from '../../engine/experiment/experiment.ts';
import type { Tree } from '../../engine/experiment/tree.ts';
import { fromFormat1 } from './from-1.ts';
import type { RecordStep } from './step.ts';

/** In order, one for each format but the current one. */
export const RECORD_STEPS: readonly RecordStep[] = [fromFormat1];

export function migratedMeta(record: Tree): Tree {
  return stepsFrom(record).reduce((older, { from, meta }) => ({ ...meta(older), schema: from + 1 }), record);
}

export function migratedBulk(record: Tree, experiment: Experiment): Tree {
  return stepsFrom(record).reduce(
    (older, { from, bulk }) => ({ ...bulk(older, experiment), schema: from + 1 }),
    record,
  );
}

function stepsFrom({ schema }: Tree): readonly RecordStep[] {
  return RECORD_STEPS.filter(({ from }) => from >= Number(schema));
}
