/** @file Completes experiments that were kept before the document had all of today's settings. */
import { DEFAULT_EXPERIMENT } from './experiment.ts';
import { isTree, set } from './tree.ts';

/** Settings that were added to the first version of the document; every one of them is off by default. */
const ADDED = [
  ...['data.outliers', 'data.imbalance', 'data.leakage', 'data.shift'],
  ...[
    'model.initializer',
    'model.initialScale',
    'model.dropout',
    'model.layerNorm',
    'loss',
    'stages',
    'stopping.policy',
  ],
  ...[
    'training.schedule',
    'training.warmup',
    'training.batchSchedule',
    'training.gradientNoise',
    'training.l1',
    'training.weightDecay',
    'training.maxNorm',
  ],
  ...['training.clipValue', 'training.clipNorm', 'training.inputNoise'],
];

const at = (tree: unknown, path: readonly string[]): unknown =>
  path.reduce((branch, key) => (isTree(branch) ? branch[key] : undefined), tree);

/** The document with the settings that it could not know yet, as it was meant: off. All else is left to `parse`. */
export function completed(document: unknown): unknown {
  return ADDED.map((path) => path.split('.')).reduce((whole, path) => {
    const branch = at(whole, path.slice(0, -1));
    const missing = isTree(branch) && branch[path.at(-1)!] === undefined;
    return missing ? set(whole, path, at(DEFAULT_EXPERIMENT, path)) : whole;
  }, document);
}
