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

/** Documents may have fields of any name, `constructor` too. */
const namedBy = (key: string) => (Object.hasOwn(NAMED, key) ? NAMED[key] : undefined);

/** Whether a policy names its rule or its members; one that does not only says what differs from another. */
export const namesForm = (policy: unknown): boolean =>
  isTree(policy) && ['rule', 'any', 'all'].some((form) => policy[form] !== undefined);

/** Such a policy is replaced whole, since one form cannot be laid over another. */
const isWhole = (key: string, value: unknown) => key === 'policy' && (!isTree(value) || namesForm(value));

/** A partial document laid over another; a branch with another name stands on the defaults of that name. */
export function merge(base: unknown, over: unknown): unknown {
  if (!isTree(base) || !isTree(over)) return over;
  const fields = Object.entries(over).map(([key, value]): [string, unknown] => {
    const named = namedBy(key);
    const was = Object.hasOwn(base, key) ? base[key] : undefined;
    const renamed =
      named && isTree(value) && value.name !== undefined && value.name !== (was as Tree | undefined)?.name;
    if (renamed) return [key, { ...(typeof value.name === 'string' ? named(value.name) : {}), ...value }];
    return [key, Object.hasOwn(base, key) && !isWhole(key, value) ? merge(was, value) : value];
  });
  // Not by assignment, to which `__proto__` has a meaning of its own.
  return { ...base, ...Object.fromEntries(fields) };
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

/** Whether two policies are one rule with the same settings, so that one can be laid over the other. */
function alike(a: unknown, b: unknown): boolean {
  if (!isTree(a) || !isTree(b) || a.rule === undefined || a.rule !== b.rule) return false;
  return Object.keys(a).length === Object.keys(b).length && Object.keys(a).every((key) => Object.hasOwn(b, key));
}

const isEqual = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** The fields in which `experiment` differs from `base`, as a partial document: what a link carries. */
export function difference(experiment: unknown, base: unknown): unknown {
  if (!isTree(experiment) || !isTree(base)) {
    return isEqual(experiment, base) ? undefined : experiment;
  }
  const out: Tree = {};
  for (const [key, value] of Object.entries(experiment)) {
    const was = base[key];
    const named = namedBy(key);
    const renamed = named && isTree(value) && isTree(was) && value.name !== was.name;
    // As in `merge`.
    const standard = renamed ? { ...named(String(value.name)), name: was.name } : was;
    // Of a policy with other settings nothing can be left out.
    const whole = key === 'policy' && !alike(value, was);
    const d = whole ? (isEqual(value, was) ? undefined : value) : difference(value, standard);
    if (d !== undefined) out[key] = d;
  }
  return Object.keys(out).length > 0 ? out : undefined;
}
