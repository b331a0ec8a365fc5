/** @file Every number a person can set: its limits are the schema's, its words the page's. */
import type { Knob } from './optimizers.ts';

/** By the path of the field; the schema and the page are both made from it. */
export const KNOBS = {
  seed: {
    label: 'seed',
    help: 'Everything random follows from it.',
    min: 0,
    max: 4294967295,
    integer: true,
    default: 7,
  },
  'data.trainSize': {
    label: 'training points',
    help: 'Points each replica learns from.',
    min: 2,
    max: 10000,
    integer: true,
    default: 20,
  },
  'data.validationSize': {
    label: 'validation points',
    help: 'Points each replica watches to decide when to stop.',
    min: 1,
    max: 10000,
    integer: true,
    default: 20,
  },
  'data.testSize': {
    label: 'test points',
    help: 'Points, shared by all replicas, on which the error is taken apart.',
    min: 16,
    max: 4096,
    integer: true,
    default: 256,
  },
  'data.noise': {
    label: 'noise σ',
    help: 'Standard deviation of the noise in the targets, or spread of the clouds.',
    min: 0,
    max: 5,
    default: 0.35,
  },
  'data.labelNoise': {
    label: 'label noise',
    help: 'Probability that a label is flipped.',
    min: 0,
    max: 0.5,
    default: 0,
  },
  'replicas.count': {
    label: 'replicas',
    help: 'Networks that train side by side.',
    min: 1,
    max: 256,
    integer: true,
    default: 32,
  },
  'model.inputScale': {
    label: 'input scale',
    help: 'Standardised inputs are multiplied by this; larger lets a small network bend faster.',
    min: 0.01,
    max: 100,
    default: 8,
  },
  'training.epochs': {
    label: 'epochs',
    help: 'Passes over the training set.',
    min: 1,
    max: 10000,
    integer: true,
    default: 400,
  },
  'training.l2': {
    label: 'L2',
    help: 'Weight of the sum of squared weights in the loss.',
    min: 0,
    max: 10,
    default: 0,
  },
  'stopping.patience': {
    label: 'patience',
    help: 'Epochs without improvement before training stops.',
    min: 0,
    max: 10000,
    integer: true,
    default: 20,
  },
  'stopping.minDelta': {
    label: 'min delta',
    help: 'Smaller changes do not count as improvement.',
    min: 0,
    max: 1000,
    default: 0.001,
  },
  'stopping.startFromEpoch': {
    label: 'start from epoch',
    help: 'Earlier epochs are ignored by the rule.',
    min: 0,
    max: 10000,
    integer: true,
    default: 0,
  },
} as const satisfies Record<string, Knob>;

export const MAX_LAYERS = 4;
export const MAX_UNITS = 64;
