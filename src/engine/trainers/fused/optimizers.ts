/** @file The optimizers in WGSL, on four parameters at once, and the numbers that they are given. */
import type { OptimizerName, OptimizerSettings } from '../../optimizers.ts';

type Numbers = readonly [number, number, number, number];

/**
 * From the gradient `g` and the slots `s0`, `s1` to the parameters `w`, by the formulas of trainers/plain/optimizer.ts;
 * `hyper` holds for the run, `now` for the step.
 */
export const OPTIMIZER_SNIPPETS: Readonly<Record<OptimizerName, string>> = {
  sgd: 'w -= now.x * g;',
  momentum: 's0 = hyper.x * s0 - now.x * g; w += s0;',
  adam: 's0 = hyper.x * s0 + hyper.y * g; s1 = hyper.z * s1 + hyper.w * (g * g); w -= now.x * (s0 * now.y) / (sqrt(s1 * now.z) + now.w);',
};

export function hyperOf(settings: OptimizerSettings): Numbers {
  switch (settings.name) {
    case 'sgd':
      return [0, 0, 0, 0];
    case 'momentum':
      return [settings.momentum, 0, 0, 0];
    case 'adam':
      return [settings.beta1, 1 - settings.beta1, settings.beta2, 1 - settings.beta2];
    default:
      return settings satisfies never;
  }
}

/** What belongs to a step, counted from 1. In float64: 1 − βᵗ loses its digits in float32. */
export function nowOf(settings: OptimizerSettings, step: number): Numbers {
  const { learningRate } = settings;
  if (settings.name !== 'adam') return [learningRate, 0, 0, 0];
  const { beta1, beta2, epsilon } = settings;
  return [learningRate, 1 / (1 - beta1 ** step), 1 / (1 - beta2 ** step), epsilon];
}
