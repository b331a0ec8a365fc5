/** @file A shard is some of a job's replicas: what one thread is given to train, and what it gives back. */
import type { Experiment } from '../../experiment/experiment.ts';
import type { Layout } from '../../model/network.ts';
import type { Job, StepSettings, TrainedEpochs, TrainerState } from '../trainer.ts';

/** The replicas `first` to `first + count − 1`. */
export interface Shard {
  experiment: Experiment;
  layout: Layout;
  first: number;
  count: number;
  /** x `[count, size, D]`; of the test points, which are the same for all, `[size, D]`. */
  train: ShardPoints;
  validation: ShardPoints;
  test: ShardPoints;
  /** `[count, size]`: targets of the training points. */
  y: Float32Array;
}

export interface ShardPoints {
  size: number;
  x: Float32Array;
}

/** As in `TrainedEpochs`, of `count` replicas, and the optimizer's slots `[count, P]` at the end. */
export interface TrainedShard extends TrainedEpochs {
  slots: Float32Array[];
}

/** Shares a job's replicas out as evenly as they go; the arrays are views of the job's. */
export function shardsOf({ experiment, layout, replicas }: Job, shards: number): Shard[] {
  const { count: R, features: D, train, validation, test } = replicas;
  return Array.from({ length: shards }, (_, i) => {
    const first = Math.floor((i * R) / shards);
    const end = Math.floor(((i + 1) * R) / shards);
    const own = ({ size, x }: ShardPoints) => ({ size, x: x.subarray(first * size * D, end * size * D) });
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

/** A shard's share of a state, copied. */
export function shardState(
  { first, count, layout }: Shard,
  { epoch, step, weights, slots }: TrainerState,
): TrainerState {
  const own = (values: Float32Array) => values.slice(first * layout.parameters, (first + count) * layout.parameters);
  return { epoch, step, weights: own(weights), slots: slots.map(own) };
}

/** A shard's share of the step settings, copied. */
export function shardSettings({ first, count }: Shard, { batch, rates }: StepSettings): StepSettings {
  return { batch, rates: rates.slice(first, first + count) };
}

/** Arrays `[rows, count, …]` of the shards as one `[rows, R, …]`. */
export function joined(shards: Float32Array[], rows: number): Float32Array {
  if (shards.length === 1) return shards[0]!;
  const width = shards.reduce((sum, shard) => sum + shard.length, 0) / rows;
  const all = new Float32Array(rows * width);
  let at = 0;
  for (const shard of shards) {
    const own = shard.length / rows;
    for (let row = 0; row < rows; row++) all.set(shard.subarray(row * own, (row + 1) * own), row * width + at);
    at += own;
  }
  return all;
}
