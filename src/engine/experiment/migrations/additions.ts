/** @file The step to a version of the document that only has more settings: each entry says since when, and what it was before. */
import { SETTINGS, settingsIn } from '../settings/index.ts';
import { isEntry, type Entry, type Group } from '../settings/kinds.ts';
import { isTree, set, type Tree } from '../tree.ts';
import type { MigrationStep } from './step.ts';

/** From the version before. */
export function additions({ to }: { to: number }): MigrationStep {
  const added = settingsIn(SETTINGS).filter(({ entry }) => entry.since?.version === to);
  return {
    from: to - 1,
    migrate: (document) => ({ ...document, ...(withAdded(SETTINGS, document, to) as Tree) }),
    // What an earlier document left unsaid, it did without, whatever the default has become.
    defaults: (next) =>
      added.reduce<Tree>((older, { path, entry }) => set(older, path.split('.'), entry.since!.before) as Tree, next),
  };
}

/** What stands at a place, with the settings that came with a version; undefined where nothing does, and some should. */
function withAdded(node: Entry | Group, value: unknown, version: number): unknown {
  if (isEntry(node)) {
    if (value === undefined) return node.since?.version === version ? node.since.before : undefined;
    if (node.kind !== 'list' || isEntry(node.of) || !Array.isArray(value)) return value;
    const items: Group = node.of;
    return value.map((item) => withAdded(items, item, version));
  }
  if (value !== undefined && !isTree(value)) return value;
  const fields = Object.entries(node).map(([key, child]) => [key, withAdded(child, value?.[key], version)] as const);
  if (value === undefined && fields.some(([, field]) => field === undefined)) return undefined;
  return { ...value, ...Object.fromEntries(fields.filter(([, field]) => field !== undefined)) };
}
