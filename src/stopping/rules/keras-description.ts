/** @file What is said of the rule of Keras 3: the page has it at once, what the rule does comes with what reads tapes. */
import type { RuleDescription } from '../rule.ts';
import { EPOCHS, FINITE, MODE } from './limits.ts';

export const KERAS_PARAMETERS = {
  min_delta: {
    kind: 'number',
    ...FINITE,
    default: 0,
    role: 'margin',
    signless: true,
    help: 'The metric has to beat its best by more than this; the sign does not matter.',
  },
  patience: {
    kind: 'number',
    ...EPOCHS,
    default: 0,
    role: 'counter',
    help: 'Epochs without improvement before training stops.',
  },
  mode: MODE,
  baseline: {
    kind: 'optional',
    ...FINITE,
    default: null,
    help: 'An improvement counts only once it also beats this value.',
  },
  restore_best_weights: {
    kind: 'flag',
    default: false,
    role: 'restores',
    help: 'Whether the run ends with the weights of its best epoch, also when nothing stopped it.',
  },
  start_from_epoch: {
    kind: 'number',
    ...EPOCHS,
    default: 0,
    role: 'warm-up',
    help: 'Earlier epochs are ignored.',
  },
} as const;

export const KERAS_DESCRIPTION: RuleDescription<typeof KERAS_PARAMETERS> = {
  label: 'Keras 3',
  version: 'keras 3.15.1',
  help: 'Counts the epochs since the last improvement by more than min delta. The first value always counts, a NaN too.',
  parameters: KERAS_PARAMETERS,
  restores: ({ restore_best_weights }) => restore_best_weights,
  sweeps: true,
};
