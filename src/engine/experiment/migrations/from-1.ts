/** @file From version 1: it grew while it was in use, so a document may lack the settings that it got later. */
import { at, isTree, set, type Tree } from '../tree.ts';
import type { Step } from './step.ts';

/** The settings added to version 1, with the value that means that a run did without. */
const ADDED: Readonly<Record<string, unknown>> = {
  'data.outliers': 0,
  'data.imbalance': 0,
  'data.leakage': 0,
  'data.shift': 0,
  'model.initializer': 'auto',
  'model.initialScale': 1,
  'model.dropout': [],
  'model.layerNorm': false,
  loss: { huberDelta: 1, labelSmoothing: 0, focalGamma: 0, classWeights: 'none' },
  'training.schedule': { name: 'constant' },
  'training.warmup': 0,
  'training.batchSchedule': { name: 'fixed' },
  'training.gradientNoise': false,
  'training.l1': 0,
  'training.weightDecay': 0,
  'training.maxNorm': 0,
  'training.clipValue': 0,
  'training.clipNorm': 0,
  'training.inputNoise': 0,
  stages: [],
  'stopping.policy': null,
};

export const fromVersion1: Step = {
  from: 1,
  migrate: (document) =>
    Object.entries(ADDED).reduce<Tree>((whole, [dotted, off]) => {
      const path = dotted.split('.');
      const branch = at(whole, path.slice(0, -1));
      return isTree(branch) && branch[path.at(-1)!] === undefined ? (set(whole, path, off) as Tree) : whole;
    }, document),
  defaults: (next) => next,
};
