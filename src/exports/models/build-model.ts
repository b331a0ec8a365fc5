/** @file Makes a model from a trained network: weights pruned and rounded, what rounding the mean takes given back. */
import type { Experiment } from '../../engine/experiment/experiment.ts';
import { OBJECTIVES } from '../../engine/model/objectives.ts';
import type { Network } from '../network.ts';
import { aboutOf } from './about.ts';
import { checkInputs } from './check-inputs.ts';
import { AS_TRAINED, type Model, type ModelLayer, type ModelMaterial, type ModelOptions } from './model.ts';
import { predict } from './predict.ts';
import { compressed } from './precision.ts';

/** Throws if a weight is not finite, or cannot be held by the precision. */
export function modelOf({ experiment, network }: ModelMaterial, options: ModelOptions = AS_TRAINED): Model {
  const { mean, sd, scale, target } = network.standardisation;
  for (const { replica, weights } of network.members) {
    if (!weights.every(Number.isFinite))
      throw new Error(`Replica ${replica + 1} has weights that are not finite: choose an epoch before it diverged.`);
  }
  const unchecked: Omit<Model, 'about'> = {
    mean: Float32Array.from(mean),
    factor: Float32Array.from(sd, (s) => scale / s),
    target: target && { scale: Math.fround(target.sd), offset: Math.fround(target.mean) },
    precision: options.precision,
    members: network.members.map(({ weights }) => layersOf(experiment, network, weights, options)),
  };
  const inputs = checkInputs(network.standardisation);
  return { ...unchecked, about: aboutOf(experiment, network, options, inputs, predict(unchecked, inputs)) };
}

function layersOf(
  experiment: Experiment,
  { layout, standardisation: { mean, sd, scale } }: Network,
  trained: Float32Array,
  options: ModelOptions,
): ModelLayer[] {
  const weights = compressed(layout, trained, options);
  const part = (from: number, length: number) => weights.slice(from, from + length);
  const { output } = OBJECTIVES[experiment.objective];
  return layout.layers.map(({ inputs, outputs, weights: from, biases, gains, activation }, l) => {
    const kernel = part(from, inputs * outputs);
    const bias = Float64Array.from(part(biases, outputs));
    if (l === 0) {
      // What rounding the mean to float32 takes from the inputs (a column of years: 6e-5 of 2000.3) the bias gives back.
      kernel.forEach((w, at) => {
        const i = Math.floor(at / outputs);
        bias[at % outputs]! += ((Math.fround(mean[i]!) - mean[i]!) / sd[i]!) * scale * w;
      });
    }
    return {
      inputs,
      units: outputs,
      kernel,
      bias: Float32Array.from(bias),
      norm: gains === null ? null : { gains: part(gains, outputs), shifts: part(gains + outputs, outputs) },
      activation: l === layout.layers.length - 1 ? output : activation,
    };
  });
}
