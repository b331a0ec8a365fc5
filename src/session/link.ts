/** @file The address as a document: a link that brings an experiment, and the one that belongs to the run on screen. */
import { fromHash, toHash } from '../exports/permalink.ts';
import type { Experiment } from '../engine/experiment.ts';

/** The experiment of the page's address, null where it brings none; throws with every wrong field where it is bad. */
export function experimentOfAddress(): Experiment | null {
  const parsed = fromHash(location.hash);
  if (!parsed) return null;
  if (parsed.ok) return parsed.experiment;
  const problems = parsed.problems.map(({ path, value, remedy }) => `${path}: ${JSON.stringify(value)} ${remedy}`);
  throw new Error(`The link could not be read. ${problems.join('; ')}.`);
}

/** Puts the experiment into the address, without a new entry in the history, and returns the whole link. */
export function linkTo(experiment: Experiment): string {
  const url = new URL(location.href);
  url.hash = toHash(experiment);
  history.replaceState(history.state, '', url);
  return url.href;
}
