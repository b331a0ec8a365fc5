/** @file Operations on documents as trees: merge two, replace one field, list the fields that differ. */
import { BATCH_SCHEDULES, batchScheduleDefaults, type BatchScheduleName } from '../training/batch-schedules.ts';
import { OPTIMIZERS, optimizerDefaults, type OptimizerName } from '../training/optimizers.ts';
import { scheduleDefaults, SCHEDULES, type ScheduleName } from '../training/schedules.ts';

export type Tree = Record<string, unknown>;
export const isTree = (x: unknown): x is Tree => typeof x === 'object' && x !== null && !Array.isArray(x);

/** Branches whose fields depend on their name: what belongs to a name, if there is one like it. */
const NAMED: Readonly<Record<string, (name: string) => Tree>> = {
  optimizer: (name) => (Object.hasOwn(OPTIMIZERS, name) ? optimizerDefaults(name as OptimizerName) : {}),
  batchSchedule: (name) =>
    Object.hasOwn(BATCH_SCHEDULES, name) ? batchScheduleDefaults(name as BatchScheduleName) : {},
  schedule: (name) => (Object.hasOwn(SCHEDULES, name) ? scheduleDefaults(name as ScheduleName) : {}),
};

/** Branches of many forms: they are replaced whole, since one form cannot be laid over another. */
const WHOLE = new Set(['policy']);

/** A partial document laid over another; a branch with another name stands on the defaults of that name. */
export function merge(base: unknown, over: unknown): unknown {
  if (!isTree(base) || !isTree(over)) return over;
  const out: Tree = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const named = NAMED[key];
    const was = base[key];
    const renamed =
      named && isTree(value) && value.name !== undefined && value.name !== (was as Tree | undefined)?.name;
    if (renamed) out[key] = { ...named(String(value.name)), ...value };
    else out[key] = key in base && !WHOLE.has(key) ? merge(was, value) : value;
  }
  return out;
}

/** Lays `{ 'data.noise': 0.2, … }` over an experiment; the result still has to be parsed. */
export function suited(byPath: Readonly<Record<string, unknown>>, experiment: unknown): unknown {
  return Object.entries(byPath).reduce((e, [path, value]) => set(e, path.split('.'), value), experiment);
}

/** The value at a path; undefined where there is none. */
export function at(tree: unknown, path: readonly string[]): unknown {
  return path.reduce((branch, key) => (isTree(branch) ? branch[key] : undefined), tree);
}

/** A copy of a tree with one value replaced; branches that are missing are made. */
export function set(tree: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const branch = isTree(tree) ? tree : {};
  return { ...branch, [key]: set(branch[key], rest, value) };
}

/** The fields in which `experiment` differs from `base`, as a partial document: what a link carries. */
export function difference(experiment: unknown, base: unknown): unknown {
  if (!isTree(experiment) || !isTree(base)) {
    return JSON.stringify(experiment) === JSON.stringify(base) ? undefined : experiment;
  }
  const out: Tree = {};
  for (const [key, value] of Object.entries(experiment)) {
    const was = base[key];
    const named = NAMED[key];
    const renamed = named && isTree(value) && isTree(was) && value.name !== was.name;
    // As in `merge`.
    const d = difference(value, renamed ? { ...named(String(value.name)), name: was.name } : was);
    if (d !== undefined) out[key] = WHOLE.has(key) ? value : d;
  }
  return Object.keys(out).length > 0 ? out : undefined;
}
