/** @file From version 2: the rule of Keras stood beside the policy that could take its place; it becomes a policy itself. */
import { isTree, type Tree } from '../tree.ts';
import type { MigrationStep } from './step.ts';

/** The settings of the rule of Keras, by the names that policies call them. */
const NAMES = {
  monitor: 'monitor',
  min_delta: 'minDelta',
  patience: 'patience',
  mode: 'mode',
  baseline: 'baseline',
  restore_best_weights: 'restoreBestWeights',
  start_from_epoch: 'startFromEpoch',
} as const;

export const fromVersion2: MigrationStep = {
  from: 2,
  /** A policy decided alone: the settings that waited beside it are let go. What is missing stays so, for `parsePolicy` to name. */
  migrate(document) {
    const { stopping } = document;
    if (!isTree(stopping)) return document;
    const { policy, rule, ...others } = stopping;
    const keras: Tree = { rule };
    for (const [key, older] of Object.entries(NAMES)) {
      keras[key] = others[older];
      delete others[older];
    }
    return { ...document, stopping: { policy: policy ?? keras, ...others } };
  },
  /** Those of version 3 are the rule of Keras. */
  defaults(next) {
    const policy = isTree(next.stopping) ? (next.stopping.policy as Tree) : {};
    const settings = Object.entries(NAMES).map(([key, older]) => [older, policy[key]]);
    return { ...next, stopping: { rule: policy.rule, policy: null, ...Object.fromEntries(settings) } };
  },
};
