/** @file The settings of the data, and of what differs between replicas. */
import { DATASETS } from '../../../../datasets/index.ts';
import type { Task, TestDesign } from '../../../../datasets/contract.ts';
import { choiceEntry, flagEntry, numberEntry, optionalEntry, textEntry } from './kinds.ts';

const TASKS: Readonly<Record<Task, { label: string }>> = {
  regression: { label: 'regression' },
  binary: { label: 'binary' },
  multiclass: { label: 'multiclass' },
};
const SOURCES: Readonly<Record<string, { label: string }>> = {
  ...Object.fromEntries(DATASETS.map(({ id, label }) => [id, { label }])),
  own: { label: 'own table' },
};
const invalidates = 'data' as const;
const OFF = { default: 0, since: { version: 2, before: 0 }, invalidates };

/** Which of the visitor's own columns is learned; the rows themselves are kept beside the experiment. */
const OWN_TABLE = {
  name: textEntry({ label: 'own table', help: '', default: '', remedy: 'must be text' }),
  target: textEntry({ label: 'target column', help: '', default: '', remedy: 'must be the name of a column' }),
  task: choiceEntry({ label: 'task', help: '', registry: TASKS, default: 'regression' }),
  rows: numberEntry({ label: 'rows of the table', help: '', min: 1, max: 1e7, integer: true, default: 1 }),
  features: numberEntry({ label: 'columns of the table', help: '', min: 1, max: 1000, integer: true, default: 1 }),
  outputs: numberEntry({ label: 'outputs', help: '', min: 1, max: 1000, integer: true, default: 1 }),
  /** SHA-256 of the standard form of the rows, in hex: a checkpoint or link without these rows says what is missing. */
  sha256: textEntry({
    label: 'fingerprint of the table',
    help: '',
    default: '',
    accepts: (hex) => /^[0-9a-f]{64}$/.test(hex),
    remedy: 'must be 64 hexadecimal digits',
  }),
};

export const DATA = {
  /** A dataset's id, or `own` for the visitor's table. */
  source: choiceEntry({
    label: 'data',
    help: 'What the networks learn from.',
    registry: SOURCES,
    default: 'sine',
    invalidates,
  }),
  own: optionalEntry({ label: 'own table', help: '', fields: OWN_TABLE, invalidates }),
  trainSize: numberEntry({
    label: 'training points',
    help: 'Points each replica learns from.',
    min: 2,
    max: 10000,
    integer: true,
    default: 20,
    invalidates,
  }),
  validationSize: numberEntry({
    label: 'validation points',
    help: 'Points each replica watches to decide when to stop.',
    min: 1,
    max: 10000,
    integer: true,
    default: 20,
    invalidates,
  }),
  testSize: numberEntry({
    label: 'test points',
    help: 'Points, shared by all replicas, on which the error is taken apart.',
    min: 16,
    max: 4096,
    integer: true,
    default: 256,
    invalidates,
  }),
  noise: numberEntry({
    label: 'noise σ',
    help: 'Standard deviation of the noise in the targets, or spread of the clouds.',
    min: 0,
    max: 5,
    default: 0.35,
    invalidates,
  }),
  labelNoise: numberEntry({
    label: 'label noise',
    help: 'Probability that a label is flipped.',
    min: 0,
    max: 0.5,
    default: 0,
    needs: 'classes',
    invalidates,
  }),
  // Trouble on purpose, see trouble.ts; 0 is none.
  outliers: numberEntry({
    label: 'outliers',
    help: 'Probability that a training or validation target lies about ten times as far off as the noise puts it.',
    min: 0,
    max: 0.5,
    needs: 'values',
    ...OFF,
  }),
  imbalance: numberEntry({
    label: 'imbalance',
    help: 'Share of the first class left out of training and validation; the test keeps it.',
    min: 0,
    max: 0.99,
    needs: 'classes',
    ...OFF,
  }),
  leakage: numberEntry({
    label: 'leakage',
    help: 'Share of the validation points also put into the training set, so that the validation error looks too good.',
    min: 0,
    max: 1,
    ...OFF,
  }),
  shift: numberEntry({
    label: 'shift of the test',
    help: 'How far the test inputs lie from the training inputs, in standard deviations.',
    min: 0,
    max: 3,
    ...OFF,
  }),
  /** How a replica gets its rows from a finite table; generated data are always drawn afresh. */
  resampling: choiceEntry({
    label: 'resampling',
    help: 'How a replica gets its rows. Bootstrap: drawn with replacement; disjoint: no row goes to two replicas; folds: each replica stops on a fold of its own and trains on all others.',
    registry: { bootstrap: { label: 'bootstrap' }, disjoint: { label: 'disjoint' }, folds: { label: 'folds' } },
    default: 'bootstrap',
    invalidates,
  }),
  /** A tape holds predictions at its test points, so a kept run says how they were laid. */
  testDesign: choiceEntry({
    label: 'layout of the test points',
    help: 'How the test points of the plane are laid: by a Sobol’ sequence, or as in runs kept before it.',
    registry: { sobol: { label: 'Sobol’ sequence' }, mirrored: { label: 'mirrored classes' } } satisfies Record<
      TestDesign,
      unknown
    >,
    default: 'sobol',
    since: { version: 2, before: 'sobol' },
    invalidates,
  }),
};

export const REPLICAS = {
  count: numberEntry({
    label: 'replicas',
    help: 'Networks that train side by side.',
    min: 1,
    max: 256,
    integer: true,
    default: 32,
    invalidates,
  }),
  seeds: numberEntry({
    label: 'seeds per training set',
    help: 'Above 1 that many replicas share a training set, and the same seeds meet all of them: what data and seed each add to the variance is told apart.',
    min: 1,
    max: 64,
    integer: true,
    default: 1,
    since: { version: 4, before: 1 },
    invalidates,
  }),
  validations: numberEntry({
    label: 'validation sets each',
    help: 'Above 1 that many replicas differ in the validation set alone: what a noisy one adds to the variance is measured.',
    min: 1,
    max: 64,
    integer: true,
    default: 1,
    since: { version: 4, before: 1 },
    invalidates,
  }),
  /** What differs between replicas; what is false is shared by all of them. */
  redraw: {
    data: flagEntry({ label: 'redraw data', help: 'Each replica has data of its own.', default: true, invalidates }),
    weights: flagEntry({
      label: 'redraw weights',
      help: 'Each replica begins with weights of its own.',
      default: true,
    }),
    order: flagEntry({
      label: 'redraw order',
      help: 'Each replica sees its points in an order of its own.',
      default: true,
    }),
  },
};
