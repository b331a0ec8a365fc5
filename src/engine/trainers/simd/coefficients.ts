/** @file The coefficients of one optimizer step, computed in float64 from settings, learning rate and step number. */
import type { Experiment } from '../../experiment/experiment.ts';
import type { RecordValues } from '../memory-record.ts';
import type { COEFFICIENTS } from './records.ts';

const NONE: RecordValues<typeof COEFFICIENTS> = {
  rate: 0,
  decay: 0,
  share1: 0,
  share2: 0,
  correction: 0,
  epsilon: 0,
  ahead: 0,
  here: 0,
};

/**
 * `rate` is that of the schedule, without a replica's own factor; `step` counts from 1. What the optimizer has no use for
 * is 0.
 */
export function coefficientsOf(
  { optimizer, weightDecay }: Experiment['training'],
  rate: number,
  step: number,
): RecordValues<typeof COEFFICIENTS> {
  const decay = rate * (optimizer.name === 'adamw' ? optimizer.weightDecay : weightDecay);
  const both = { ...NONE, rate, decay };
  switch (optimizer.name) {
    case 'sgd':
      return both;
    case 'momentum':
    case 'nesterov':
      return { ...both, share1: optimizer.momentum };
    case 'rmsprop':
    case 'centred-rmsprop':
    case 'adadelta':
      return { ...both, share1: 1 - optimizer.rho, epsilon: optimizer.epsilon };
    case 'adagrad':
      return { ...both, epsilon: optimizer.epsilon };
    case 'adam':
    case 'adamw':
      return { ...both, ...moments(optimizer, step), rate: rate / (1 - optimizer.beta1 ** step) };
    case 'nadam': {
      const { beta1 } = optimizer;
      const [now, next] = [nadamMomentum(beta1, step), nadamMomentum(beta1, step + 1)];
      const product = nadamProduct(beta1, step);
      const [ahead, here] = [next / (1 - product * next), (1 - now) / (1 - product)];
      return { ...both, ...moments(optimizer, step), ahead, here };
    }
    case 'lion':
      return { ...both, share1: 1 - optimizer.beta1, share2: 1 - optimizer.beta2 };
    default:
      return optimizer satisfies never;
  }
}

const moments = ({ beta1, beta2, epsilon }: { beta1: number; beta2: number; epsilon: number }, step: number) => ({
  share1: 1 - beta1,
  share2: 1 - beta2,
  correction: 1 / (1 - beta2 ** step),
  epsilon,
});

/** Dozat 2016, as PyTorch has it: β₁·(1 − ½·0.96^(0.004·t)). */
const nadamMomentum = (beta1: number, t: number) => beta1 * (1 - 0.5 * 0.96 ** (0.004 * t));

/** Momenta whose product float64 cannot tell from 0 when it is taken from 1: the first ones are little more than ½. */
const NADAM_LAST = 64;

function nadamProduct(beta1: number, step: number): number {
  let product = 1;
  for (let t = 1; t <= Math.min(step, NADAM_LAST); t++) product *= nadamMomentum(beta1, t);
  return product;
}
