/** @file Completes a partial experiment with the defaults that suit it. */
import { datasetOf } from '../../../datasets/index.ts';
import { DEFAULT_EXPERIMENT, type Experiment } from './experiment.ts';
import { objectiveFor } from '../model/objectives.ts';
import { parse, type Parsed } from './schema.ts';
import { isTree, merge, suited } from './tree.ts';

/** The defaults with what a partial document says laid over them, and what suits its dataset between the two. */
export function withDefaults(partial: unknown): Parsed {
  const source = isTree(partial) && isTree(partial.data) ? partial.data.source : undefined;
  return parse(merge(defaultsFor(source), partial));
}

/** The defaults for one source of data, with what suits it; its own `data.source` is left for the document to say. */
export function defaultsFor(source: unknown): Experiment {
  const dataset = typeof source === 'string' ? datasetOf(source) : undefined;
  if (!dataset) return DEFAULT_EXPERIMENT;
  return suited(dataset.suggested, { ...DEFAULT_EXPERIMENT, objective: objectiveFor(dataset.task) }) as Experiment;
}
