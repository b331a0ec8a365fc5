/** @file How the kernel numbers activations, objectives and optimizers: as in its enumerations. */
import type { Activation } from '../../model/activations.ts';
import type { ObjectiveName } from '../../model/objectives.ts';
import type { OptimizerName } from '../../training/optimizers.ts';

/** kernel/activations.as */
export const ACTIVATION_KINDS: Readonly<Record<Activation, number>> = {
  tanh: 0,
  relu: 1,
  sigmoid: 2,
  gelu: 3,
  linear: 4,
};

/** kernel/objectives.as */
export const OBJECTIVE_KINDS: Readonly<Record<ObjectiveName, number>> = {
  'squared-error': 0,
  huber: 1,
  'absolute-error': 2,
  'binary-cross-entropy': 3,
  'softmax-cross-entropy': 4,
};

/** kernel/optimizers.as */
export const OPTIMIZER_KINDS: Readonly<Record<OptimizerName, number>> = {
  sgd: 0,
  momentum: 1,
  nesterov: 2,
  rmsprop: 3,
  'centred-rmsprop': 4,
  adagrad: 5,
  adadelta: 6,
  adam: 7,
  adamw: 8,
  nadam: 9,
  lion: 10,
};
