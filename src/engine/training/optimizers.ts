/** @file The optimizers and their settings: one registry that the schema, the trainers and the page read. */

import { defaultsOfNamed, type NumberSetting } from '../experiment/settings/kinds.ts';

const learningRate: NumberSetting = {
  label: 'learning rate',
  help: 'Size of one step along the gradient.',
  min: 1e-6,
  max: 10,
  default: 0.01,
};

const momentum: NumberSetting = {
  label: 'momentum',
  help: 'Share of the last step that is kept in the next one.',
  min: 0,
  max: 0.9999,
  default: 0.9,
};

const epsilon = (value: number): NumberSetting => ({
  label: 'ε',
  help: 'Keeps the division finite.',
  min: 1e-12,
  max: 1,
  default: value,
});

const memory = (label: string, of: string, value: number): NumberSetting => ({
  label,
  help: `Memory of the ${of}.`,
  min: 0,
  max: 0.99999,
  default: value,
});

const adam = {
  learningRate,
  beta1: memory('β₁', 'mean gradient', 0.9),
  beta2: memory('β₂', 'squared gradient', 0.999),
  epsilon: epsilon(1e-7),
};

/** State `slots` are tensors of the shape of the weights, all zero at the start. */
export const OPTIMIZERS = {
  sgd: { label: 'SGD', help: 'A step along the gradient.', slots: [], numbers: { learningRate } },
  momentum: {
    label: 'Momentum',
    help: 'Steps that keep a share of those before.',
    slots: ['velocity'],
    numbers: { learningRate, momentum },
  },
  nesterov: {
    label: 'Nesterov',
    help: 'Momentum that looks one step ahead.',
    slots: ['velocity'],
    numbers: { learningRate, momentum },
  },
  rmsprop: {
    label: 'RMSProp',
    help: 'The gradient divided by its recent size.',
    slots: ['square'],
    numbers: { learningRate, rho: memory('ρ', 'squared gradient', 0.9), epsilon: epsilon(1e-7) },
  },
  'centred-rmsprop': {
    label: 'RMSProp, centred',
    help: 'The gradient divided by its recent standard deviation.',
    slots: ['square', 'mean'],
    numbers: { learningRate, rho: memory('ρ', 'gradient and its square', 0.9), epsilon: epsilon(1e-7) },
  },
  adagrad: {
    label: 'Adagrad',
    help: 'The gradient divided by its size over all steps so far.',
    slots: ['sum'],
    numbers: { learningRate, epsilon: epsilon(1e-7) },
  },
  adadelta: {
    label: 'Adadelta',
    help: 'Steps in the units of the weights: their own recent size over that of the gradient.',
    slots: ['square', 'delta'],
    numbers: {
      learningRate: { ...learningRate, default: 1 },
      rho: memory('ρ', 'squares', 0.95),
      epsilon: epsilon(1e-6),
    },
  },
  adam: { label: 'Adam', help: 'Momentum divided by the gradient’s recent size.', slots: ['m', 'v'], numbers: adam },
  adamw: {
    label: 'AdamW',
    help: 'Adam whose weights also shrink by a share of themselves at each step.',
    slots: ['m', 'v'],
    numbers: {
      ...adam,
      weightDecay: {
        label: 'weight decay',
        help: 'Share of the weights, times the learning rate, taken away at each step.',
        min: 0,
        max: 10,
        default: 0.01,
      },
    },
  },
  nadam: { label: 'Nadam', help: 'Adam that looks one step ahead.', slots: ['m', 'v'], numbers: adam },
  lion: {
    label: 'Lion',
    help: 'Every weight moves by the learning rate, in the direction of the mean gradient.',
    slots: ['m'],
    numbers: {
      learningRate: { ...learningRate, default: 0.001 },
      beta1: memory('β₁', 'mean gradient in the step', 0.9),
      beta2: memory('β₂', 'mean gradient', 0.99),
    },
  },
} as const satisfies Record<
  string,
  { label: string; help: string; slots: readonly string[]; numbers: Record<string, NumberSetting> }
>;

export type OptimizerName = keyof typeof OPTIMIZERS;

/** `{ name: 'adam', learningRate, beta1, … }`: the name and a value for each of its numbers. */
export type OptimizerSettings = {
  [N in OptimizerName]: { name: N } & Record<keyof (typeof OPTIMIZERS)[N]['numbers'], number>;
}[OptimizerName];

export function optimizerDefaults(name: OptimizerName): OptimizerSettings {
  return defaultsOfNamed<OptimizerSettings>(OPTIMIZERS, name);
}

/** λ of w −= η·λ·w over the weights, biases left out: AdamW's own, else that of the training. */
export function weightDecayOf(training: { optimizer: OptimizerSettings; weightDecay: number }): number {
  return training.optimizer.name === 'adamw' ? training.optimizer.weightDecay : training.weightDecay;
}
