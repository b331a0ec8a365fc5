/** @file The settings of the network. */
import { ACTIVATIONS } from '../../model/activations.ts';
import { INITIALIZERS } from '../../model/initializers.ts';
import { choiceEntry, flagEntry, listEntry, numberEntry } from './kinds.ts';

export const MAX_LAYERS = 4;
export const MAX_UNITS = 64;

export const MODEL = {
  hidden: listEntry<number>({
    label: 'hidden layers',
    name: 'hidden units',
    help: `Units of each hidden layer, e.g. 24, 24: up to ${MAX_LAYERS} layers of 1 to ${MAX_UNITS} units, or none.`,
    of: numberEntry({ label: 'units', help: '', min: 1, max: MAX_UNITS, integer: true, default: 24 }),
    maxLength: { length: MAX_LAYERS, remedy: `must have at most ${MAX_LAYERS} layers` },
    remedy: 'must be a list of layer widths',
    default: [24, 24],
    inLink: '-',
  }),
  activation: choiceEntry({
    label: 'activation',
    help: 'What each hidden unit does with its sum.',
    registry: ACTIVATIONS,
    default: 'tanh',
    timing: 'value',
  }),
  /** Whether the sums of each hidden layer are normalised before the activation, see layer-norm.ts. */
  layerNorm: flagEntry({
    label: 'layer normalisation',
    help: 'Before its activation, each hidden layer’s sums at one point are brought to mean 0 and variance 1, then scaled and shifted as learned.',
    default: false,
    since: { version: 2, before: false },
  }),
  inputScale: numberEntry({
    label: 'input scale',
    help: 'Standardised inputs are multiplied by this; the larger, the steeper the curves that a small network learns.',
    min: 0.01,
    max: 100,
    default: 8,
    invalidates: 'data',
  }),
  initializer: choiceEntry({
    label: 'initializer',
    name: 'initial weights',
    help: 'The distribution from which the initial weights are drawn; biases start at zero.',
    registry: INITIALIZERS,
    default: 'auto',
    since: { version: 2, before: 'auto' },
  }),
  initialScale: numberEntry({
    label: 'initial scale',
    name: 'scale of initial weights',
    help: 'Initial weights are multiplied by this.',
    min: 0,
    max: 100,
    default: 1,
    since: { version: 2, before: 1 },
  }),
  /** Rates of the hidden layers from the first on; layers beyond the list have none. */
  dropout: listEntry<number>({
    label: 'dropout',
    help: 'Share of the units left out at each step, one number for each hidden layer from the first on; off when evaluated.',
    of: numberEntry({ label: 'dropout', help: '', min: 0, max: 0.95, default: 0 }),
    remedy: 'must be a list of rates',
    default: [],
    since: { version: 2, before: [] },
    timing: 'on',
    inLink: '_',
  }),
};
