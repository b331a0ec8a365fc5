/** @file The learning rate and the bias corrections of every optimizer step, as the shaders read them. */
import type { Experiment } from '../../experiment/experiment.ts';
import type { OptimizerSettings } from '../../training/optimizers.ts';
import { rateAt } from '../../training/schedules.ts';

/** Behind which a product of Nadam's momenta no longer counts beside 1. */
const NOTHING = 1e-20;

/**
 * `[epochs · steps, 4]`: `now` of the snippets for each step, the first of which is number `step`, counted from 1, at the
 * beginning of `epoch`. In float64: 1 − βᵗ loses its digits in float32.
 */
export function scheduleOf(
  experiment: Experiment,
  epoch: number,
  step: number,
  epochs: number,
  steps: number,
): Float32Array<ArrayBuffer> {
  const schedule = new Float32Array(4 * epochs * steps);
  const rest = restOf(experiment.training.optimizer, step);
  for (let s = 0; s < epochs * steps; s++) {
    const rate = rateAt(experiment, epoch + Math.floor(s / steps), s % steps, steps);
    schedule.set([rate, ...rest(step + s)], 4 * s);
  }
  return schedule;
}

/** What follows the learning rate, to be asked for step after step from the first one on. */
function restOf(settings: OptimizerSettings, first: number): (step: number) => readonly number[] {
  switch (settings.name) {
    case 'adam':
    case 'adamw': {
      const { beta1, beta2 } = settings;
      return (step) => [1 / (1 - beta1 ** step), 1 / (1 - beta2 ** step)];
    }
    case 'nadam': {
      const { beta1, beta2 } = settings;
      // The formula of trainers/plain/optimizer.ts, its product carried along.
      const momentum = (t: number) => beta1 * (1 - 0.5 * 0.96 ** (0.004 * t));
      let product = 1;
      for (let t = 1; t < first && product > NOTHING; t++) product *= momentum(t);
      return (step) => {
        const [now, next] = [momentum(step), momentum(step + 1)];
        product *= now;
        return [next / (1 - product * next), 1 / (1 - beta2 ** step), (1 - now) / (1 - product)];
      };
    }
    case 'sgd':
    case 'momentum':
    case 'nesterov':
    case 'rmsprop':
    case 'centred-rmsprop':
    case 'adagrad':
    case 'adadelta':
    case 'lion':
      return () => [];
    default:
      return settings satisfies never;
  }
}
