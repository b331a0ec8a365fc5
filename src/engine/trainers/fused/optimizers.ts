/** @file The optimizers in WGSL, on four parameters at once, and the constants that they need. */
import type { OptimizerName, OptimizerSettings } from '../../training/optimizers.ts';

type Numbers = readonly [number, number, number, number];

const ADAM = 's0 = hyper.x * s0 + hyper.y * g; s1 = hyper.z * s1 + hyper.w * (g * g);';

/**
 * From the gradient `g` and the slots `s0`, `s1` to the parameters `w`, by the formulas of trainers/plain/optimizer.ts;
 * `hyper` and `epsilon` hold for the run, `now` for the step, the learning rate first.
 */
export const OPTIMIZER_SNIPPETS: Readonly<Record<OptimizerName, string>> = {
  sgd: 'w -= now.x * g;',
  momentum: 's0 = hyper.x * s0 - now.x * g; w += s0;',
  nesterov: 's0 = hyper.x * s0 - now.x * g; w += hyper.x * s0 - now.x * g;',
  rmsprop: 's0 = hyper.x * s0 + hyper.y * (g * g); w -= now.x * g / (sqrt(s0) + epsilon);',
  // The variance is not below zero by rounding.
  'centred-rmsprop': `s0 = hyper.x * s0 + hyper.y * (g * g); s1 = hyper.x * s1 + hyper.y * g;
  let variance = s0 - s1 * s1;
  w -= now.x * g / (sqrt(kept(max(variance, vec4f(0)), variance)) + epsilon);`,
  adagrad: 's0 += g * g; w -= now.x * g / (sqrt(s0) + epsilon);',
  adadelta: `s0 = hyper.x * s0 + hyper.y * (g * g);
  let delta = sqrt(s1 + epsilon) / sqrt(s0 + epsilon) * g;
  s1 = hyper.x * s1 + hyper.y * (delta * delta);
  w -= now.x * delta;`,
  adam: `${ADAM} w -= now.x * (s0 * now.y) / (sqrt(s1 * now.z) + epsilon);`,
  adamw: `${ADAM} w -= now.x * (s0 * now.y) / (sqrt(s1 * now.z) + epsilon);`,
  nadam: `${ADAM} w -= now.x * (s0 * now.y + g * now.w) / (sqrt(s1 * now.z) + epsilon);`,
  lion: `let direction = hyper.x * s0 + hyper.y * g;
  w -= now.x * kept(sign(direction), direction);
  s0 = hyper.z * s0 + hyper.w * g;`,
};

/** `hyper`: shares of what was and of what comes. */
export function hyperOf(settings: OptimizerSettings): Numbers {
  switch (settings.name) {
    case 'sgd':
    case 'adagrad':
      return [0, 0, 0, 0];
    case 'momentum':
    case 'nesterov':
      return [settings.momentum, 0, 0, 0];
    case 'rmsprop':
    case 'centred-rmsprop':
    case 'adadelta':
      return [settings.rho, 1 - settings.rho, 0, 0];
    case 'adam':
    case 'adamw':
    case 'nadam':
    case 'lion':
      return [settings.beta1, 1 - settings.beta1, settings.beta2, 1 - settings.beta2];
    default:
      return settings satisfies never;
  }
}

/** ε of the optimizers that have one. */
export const epsilonOf = (settings: OptimizerSettings): number => ('epsilon' in settings ? settings.epsilon : 0);
