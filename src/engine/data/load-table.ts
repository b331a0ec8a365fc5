/** @file Fetches the table an experiment needs, if it is one of the repository's own. */
import type { Table } from '../../../datasets/contract.ts';
import { datasetOf } from '../../../datasets/index.ts';
import type { Experiment } from '../experiment/experiment.ts';

/** Null for generated data, and for the visitor's own table, which only the visitor has. */
export async function loadTable(experiment: Experiment): Promise<Table | null> {
  const dataset = datasetOf(experiment.data.source);
  return dataset?.kind === 'table' ? dataset.load() : null;
}
