/** @file Experiment documents of earlier versions, brought to the current one step by step. */
import { isTree, type Tree } from '../tree.ts';
import { additions } from './additions.ts';
import { fromVersion2 } from './from-2.ts';
import type { MigrationStep } from './step.ts';

/** In order, one for each version but the current one. */
export const STEPS: readonly MigrationStep[] = [additions({ to: 2 }), fromVersion2, additions({ to: 4 })];

/** The version that is written. */
export const CURRENT_VERSION = STEPS.length + 1;

/** The version that a document says it is of; one that says none is of the first, as partial documents often do. */
export function versionOf(document: unknown): unknown {
  return isTree(document) && document.version !== undefined ? document.version : 1;
}

/** What to do about a version that cannot be read; null for one that can. */
export function versionRemedy(version: unknown): string | null {
  if (typeof version === 'number' && version > CURRENT_VERSION)
    return `must be at most ${CURRENT_VERSION}; a newer document needs a newer Patience: reload the page, or update it`;
  const known = version === CURRENT_VERSION || STEPS.some(({ from }) => from === version);
  return known ? null : `must be a whole number from 1 to ${CURRENT_VERSION}`;
}

/** The document in the current version. One whose version cannot be read is left as it is: `parse` refuses it. */
export function migrated(document: unknown): unknown {
  const first = STEPS.findIndex(({ from }) => from === versionOf(document));
  if (!isTree(document) || first === -1) return document;
  return STEPS.slice(first).reduce<Tree>(
    (older, { from, migrate }) => ({ ...migrate(older), version: from + 1 }),
    document,
  );
}

/** The defaults of some version, from the current ones. */
export function defaultsOfVersion(version: unknown, current: object): Tree {
  const first = STEPS.findIndex(({ from }) => from === version);
  const defaults: Tree = { ...current };
  if (first === -1) return defaults;
  return STEPS.slice(first).reduceRight<Tree>(
    (next, step) => ({ ...step.defaults(next), version: step.from }),
    defaults,
  );
}
