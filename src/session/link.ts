/** @file The address of the page: reading an experiment from a link, and writing the link of the run on screen. */
import { fromHash, toHash } from '../exports/permalink.ts';
import { addressOf, experimentLinkIn, placeIn } from './address.ts';
import { DEFAULT_POLICY, type Experiment } from '../engine/experiment/experiment.ts';
import type { Parsed } from '../engine/experiment/schema.ts';
import { difference } from '../engine/experiment/tree.ts';
import { shown, shownPath } from '../engine/json-text.ts';
import { descriptionsFor } from '../stopping/rules/loaded.ts';
import { loadPart } from './load-part.ts';

/**
 * Gives the experiment of the page's address to `take`; null where it brings none, and `meetAgain` where the page wrote it itself. At once, unless it says something of the
 * policy: then what reads policies comes first. Rejects with every wrong field where the link is bad.
 */
export function openAddress(
  take: (experiment: Experiment) => void,
  meetAgain: () => void = () => undefined,
): Promise<void> | null {
  const { hash } = location;
  if (hash === written) {
    meetAgain();
    return Promise.resolve();
  }
  const found = fromHash(experimentLinkIn(hash));
  return found && open(found, (experiment) => location.hash === hash && take(experiment));
}

async function open(found: Parsed, take: (experiment: Experiment) => void): Promise<void> {
  const parsed = found.ok && saysPolicy(found.experiment) ? await checked(found.experiment) : found;
  if (parsed.ok) return take(parsed.experiment);
  const problems = parsed.problems.map(({ path, value, remedy }) => `${shownPath(path)}: ${shown(value)} ${remedy}`);
  throw new Error(`The link could not be read. ${problems.join('; ')}.`);
}

const saysPolicy = ({ stopping }: Experiment) => difference(stopping, { policy: DEFAULT_POLICY }) !== undefined;

async function checked(experiment: Experiment): Promise<Parsed> {
  const { withPolicy } = await loadPart(() => import('../stopping/experiment-policy.ts'));
  return withPolicy(experiment, await loadPart(() => descriptionsFor(experiment.stopping.policy)));
}

/** What this page wrote into the address last: met again, by going back to it, it says nothing new. */
let written = '';

/** Puts the experiment into the address, without a new entry in the history, and returns the whole link. */
export function linkTo(experiment: Experiment): string {
  const path = placeIn(location.hash).place?.path ?? [];
  history.replaceState(history.state, '', addressOf({ door: 'workshop', path, query: toHash(experiment).slice(1) }));
  written = location.hash;
  return location.href;
}
