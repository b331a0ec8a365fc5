/** @file Every setting of an experiment, in the order of the document. */
import { OBJECTIVES } from '../../model/objectives.ts';
import { DATA, REPLICAS } from './data.ts';
import { choiceEntry, isEntry, numberEntry, type Entry, type Group, type SettingValues } from './kinds.ts';
import { LOSS } from './loss.ts';
import { MODEL } from './model.ts';
import { STOPPING } from './stopping.ts';
import { STAGES, TRAINING } from './training.ts';

export const SETTINGS = {
  seed: numberEntry({
    label: 'seed',
    help: 'Everything random follows from it.',
    min: 0,
    max: 4294967295,
    integer: true,
    default: 7,
    invalidates: 'data',
  }),
  data: DATA,
  replicas: REPLICAS,
  model: MODEL,
  objective: choiceEntry({
    label: 'objective',
    help: 'The function that training minimises.',
    registry: OBJECTIVES,
    default: 'squared-error',
    invalidates: 'data',
    timing: 'value',
  }),
  loss: LOSS,
  training: TRAINING,
  stages: STAGES,
  stopping: STOPPING,
} satisfies Group;

/** A setting with its place in the document, such as `data.trainSize`. */
export interface Placed {
  path: string;
  entry: Entry;
}

/** Every setting of a group, in order. */
export function settingsIn(group: Group, at = ''): Placed[] {
  return Object.entries(group).flatMap(([key, node]) =>
    isEntry(node) ? [{ path: at + key, entry: node }] : settingsIn(node, `${at}${key}.`),
  );
}

/**
 * The setting that a path leads to or into, with the keys that are left: none for `data.own.rows`, `rho` for
 * `training.optimizer.rho`; undefined where the path leads nowhere.
 */
export function settingAt(path: string): { entry: Entry; rest: readonly string[] } | undefined {
  const keys = path.split('.');
  let node: Entry | Group | undefined = SETTINGS;
  for (const [i, key] of keys.entries()) {
    const group: Group | null = !isEntry(node) ? node : node.kind === 'optional' ? node.fields : null;
    if (group === null) return { entry: node as Entry, rest: keys.slice(i) };
    if (!Object.hasOwn(group, key)) return undefined;
    node = group[key]!;
  }
  return isEntry(node) ? { entry: node, rest: [] } : undefined;
}

/** What a group of settings holds where nothing is said. */
export function defaultsOf<G extends Group>(group: G): SettingValues<G> {
  return Object.fromEntries(
    Object.entries(group).map(([key, node]) => [key, isEntry(node) ? node.default : defaultsOf(node)]),
  ) as SettingValues<G>;
}
