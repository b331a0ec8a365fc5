/** @file What an optimizer's step needs of its settings and its number, worked out in float64. */
import type { OptimizerSettings } from '../../optimizers.ts';

/** Numbers a step is given. */
export const COEFFICIENTS = 8;

/** In the order that kernel/optimizers.as reads them; `step` counts from 1. */
export function coefficientsOf(settings: OptimizerSettings, step: number): number[] {
  const { learningRate } = settings;
  switch (settings.name) {
    case 'sgd':
      return [learningRate];
    case 'momentum':
      return [learningRate, settings.momentum];
    case 'adam': {
      const { beta1, beta2, epsilon } = settings;
      return [learningRate / (1 - beta1 ** step), 1 - beta1, 1 - beta2, 1 / (1 - beta2 ** step), epsilon];
    }
    default:
      return settings satisfies never;
  }
}
