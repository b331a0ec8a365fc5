/** @file Documents as trees: one laid over another, one field replaced, and in what two differ. */
import { OPTIMIZERS, optimizerDefaults, type OptimizerName } from './optimizers.ts';

type Tree = Record<string, unknown>;
export const isTree = (x: unknown): x is Tree => typeof x === 'object' && x !== null && !Array.isArray(x);

/** A partial document laid over another; the optimizer is taken whole, since its fields depend on its name. */
export function merge(base: unknown, over: unknown): unknown {
  if (!isTree(base) || !isTree(over)) return over;
  const out: Tree = { ...base };
  for (const [key, value] of Object.entries(over)) {
    out[key] =
      key === 'optimizer' &&
      isTree(value) &&
      value.name !== undefined &&
      value.name !== (base[key] as Tree | undefined)?.name
        ? { ...optimizerIfKnown(value.name), ...value }
        : key in base
          ? merge(base[key], value)
          : value;
  }
  return out;
}
const optimizerIfKnown = (name: unknown): Tree =>
  Object.hasOwn(OPTIMIZERS, String(name)) ? optimizerDefaults(name as OptimizerName) : {};

/** Lays `{ 'data.noise': 0.2, … }` over an experiment; the result still has to be parsed. */
export function suited(byPath: Readonly<Record<string, unknown>>, experiment: unknown): unknown {
  return Object.entries(byPath).reduce((e, [path, value]) => set(e, path.split('.'), value), experiment);
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
    const renamed = key === 'optimizer' && isTree(value) && isTree(was) && value.name !== was.name;
    // As in `merge`: another optimizer stands on its own defaults.
    const d = difference(value, renamed ? { ...optimizerIfKnown(value.name), name: was.name } : was);
    if (d !== undefined) out[key] = d;
  }
  return Object.keys(out).length > 0 ? out : undefined;
}
