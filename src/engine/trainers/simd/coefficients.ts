/** @file The coefficients of one optimizer step, computed in float64 from settings, learning rate and step number. */
import type { Experiment } from '../../experiment/experiment.ts';

/** Numbers a step is given. */
export const COEFFICIENTS = 8;

/**
 * The rate, the share of the weights that decays, and what kernel/optimizers.as reads behind them in its order. `rate`
 * is that of the schedule, without a replica's own factor; `step` counts from 1.
 */
export function coefficientsOf(
  { optimizer, weightDecay }: Experiment['training'],
  rate: number,
  step: number,
): number[] {
  const decay = rate * (optimizer.name === 'adamw' ? optimizer.weightDecay : weightDecay);
  switch (optimizer.name) {
    case 'sgd':
      return [rate, decay];
    case 'momentum':
    case 'nesterov':
      return [rate, decay, optimizer.momentum];
    case 'rmsprop':
    case 'centred-rmsprop':
    case 'adadelta':
      return [rate, decay, 1 - optimizer.rho, optimizer.epsilon];
    case 'adagrad':
      return [rate, decay, optimizer.epsilon];
    case 'adam':
    case 'adamw': {
      const { beta1, beta2, epsilon } = optimizer;
      return [rate / (1 - beta1 ** step), decay, 1 - beta1, 1 - beta2, 1 / (1 - beta2 ** step), epsilon];
    }
    case 'nadam': {
      const { beta1, beta2, epsilon } = optimizer;
      const [now, next] = [nadamMomentum(beta1, step), nadamMomentum(beta1, step + 1)];
      const product = nadamProduct(beta1, step);
      const [ahead, here] = [next / (1 - product * next), (1 - now) / (1 - product)];
      return [rate, decay, 1 - beta1, 1 - beta2, 1 / (1 - beta2 ** step), epsilon, ahead, here];
    }
    case 'lion':
      return [rate, decay, 1 - optimizer.beta1, 1 - optimizer.beta2];
    default:
      return optimizer satisfies never;
  }
}

/** Dozat 2016, as PyTorch has it: β₁·(1 − ½·0.96^(0.004·t)). */
const nadamMomentum = (beta1: number, t: number) => beta1 * (1 - 0.5 * 0.96 ** (0.004 * t));

/** Momenta whose product float64 cannot tell from 0 when it is taken from 1: the first ones are little more than ½. */
const NADAM_LAST = 64;

function nadamProduct(beta1: number, step: number): number {
  let product = 1;
  for (let t = 1; t <= Math.min(step, NADAM_LAST); t++) product *= nadamMomentum(beta1, t);
  return product;
}
