/** @file Some of a job's replicas: what one thread is given, and what it gives back. */
import type { Experiment } from '../../experiment/experiment.ts';
import type { Layout } from '../../model/network.ts';
import type { Job, StepSettings, TrainedEpochs, TrainerState } from '../trainer.ts';

/** The replicas `first` to `first + count − 1`. */
export interface Part {
  experiment: Experiment;
  layout: Layout;
  first: number;
  count: number;
  /** x `[count, size, D]`; of the test points, which are the same for all, `[size, D]`. */
  train: Points;
  validation: Points;
  test: Points;
  /** `[count, size]`: targets of the training points. */
  y: Float32Array;
}

export interface Points {
  size: number;
  x: Float32Array;
}

/** As in `TrainedEpochs`, of `count` replicas, and the optimizer's slots `[count, P]` at the end. */
export interface PartTrained extends TrainedEpochs {
  slots: Float32Array[];
}

/** Shares a job's replicas out as evenly as they go; the arrays are views of the job's. */
export function partsOf({ experiment, layout, replicas }: Job, parts: number): Part[] {
  const { count: R, features: D, train, validation, test } = replicas;
  return Array.from({ length: parts }, (_, i) => {
    const first = Math.floor((i * R) / parts);
    const end = Math.floor(((i + 1) * R) / parts);
    const own = ({ size, x }: Points) => ({ size, x: x.subarray(first * size * D, end * size * D) });
    return {
      experiment,
      layout,
      first,
      count: end - first,
      train: own(train),
      validation: own(validation),
      test: { size: test.size, x: test.x },
      y: train.y.subarray(first * train.size, end * train.size),
    };
  });
}

/** A part's share of a state, copied. */
export function stateOf({ first, count, layout }: Part, { epoch, step, weights, slots }: TrainerState): TrainerState {
  const own = (values: Float32Array) => values.slice(first * layout.parameters, (first + count) * layout.parameters);
  return { epoch, step, weights: own(weights), slots: slots.map(own) };
}

/** A part's share of the step settings, copied. */
export function settingsOf({ first, count }: Part, { batch, rates }: StepSettings): StepSettings {
  return { batch, rates: rates.slice(first, first + count) };
}

/** Arrays `[rows, count, …]` of the parts as one `[rows, R, …]`. */
export function joined(parts: Float32Array[], rows: number): Float32Array {
  if (parts.length === 1) return parts[0]!;
  const width = parts.reduce((sum, part) => sum + part.length, 0) / rows;
  const all = new Float32Array(rows * width);
  let at = 0;
  for (const part of parts) {
    const own = part.length / rows;
    for (let row = 0; row < rows; row++) all.set(part.subarray(row * own, (row + 1) * own), row * width + at);
    at += own;
  }
  return all;
}
