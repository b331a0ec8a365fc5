/** @file Completes a partial experiment with the defaults that suit it. */
import { datasetOf } from '../../../datasets/index.ts';
import { DEFAULT_EXPERIMENT, type Experiment } from './experiment.ts';
import { objectiveFor } from '../model/objectives.ts';
import { defaultsOfVersion, migrated, versionOf } from './migrations/index.ts';
import { parse, type Parsed } from './schema.ts';
import { at, merge, suited } from './tree.ts';

/**
 * The defaults with what a partial document says laid over them, and what suits its dataset between the two. A document
 * of an earlier version is laid over the defaults of its time and then migrated.
 */
export function withDefaults(partial: unknown): Parsed {
  const defaults = defaultsFor(at(partial, ['data', 'source']));
  return parse(migrated(merge(defaultsOfVersion(versionOf(partial), defaults), partial)));
}

/** Reads a whole document of any version; what its version had and it leaves out is an error. */
export function parseAnyVersion(document: unknown): Parsed {
  return parse(migrated(document));
}

/** The defaults for one source of data, with what suits it; its own `data.source` is left for the document to say. */
export function defaultsFor(source: unknown): Experiment {
  const dataset = typeof source === 'string' ? datasetOf(source) : undefined;
  if (!dataset) return DEFAULT_EXPERIMENT;
  return suited(dataset.suggested, { ...DEFAULT_EXPERIMENT, objective: objectiveFor(dataset.task) }) as Experiment;
}
