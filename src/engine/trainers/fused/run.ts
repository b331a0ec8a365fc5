/** @file What the shaders are told at each dispatch: the sizes of everything, and which part of the work is meant. */
import { batchSizeOf, stepsPerEpoch } from '../../batches.ts';
import type { Job } from '../../trainer.ts';
import { hyperOf } from './optimizers.ts';
import { shuffles, type Plan } from './plan.ts';
import type { Slice } from './slices.ts';

/** Hidden layers and the last one. */
const LAYERS = 5;

export const RUN_WGSL = /* wgsl */ `
struct Layer {
  outputs: u32, inQuads: u32, outQuads: u32,
  /** Where its parameters begin; and its inputs, activations and errors among the quads of a point. */
  weights: u32, given: u32, values: u32, errors: u32,
  unused: u32,
}

struct Run {
  /** Optimizer steps of this dispatch; pairs of an epoch and a replica that it evaluates; counted within the chunk. */
  fromStep: u32, untilStep: u32, fromRow: u32, untilRow: u32,
  /** The first epoch of the chunk. */
  epoch: u32,
  /** Layers, and quads of parameters of a replica. */
  depth: u32, quads: u32,
  /** 2λ of λ·Σw². */
  decay: f32,
  /** Steps of an epoch, points of a whole batch, of a tile in training and in evaluation. */
  steps: u32, batch: u32, trainingTile: u32, evaluationTile: u32,
  /** Points of each replica for training, for training and validation; test points; replicas. */
  trainSize: u32, ownSize: u32, testSize: u32, replicas: u32,
  /** Whether the points are shuffled; 0 where all replicas share the order of the first. */
  seed: u32, shuffled: u32, ownOrder: u32,
  /** Quads of inputs, activations and errors of one point. */
  perPoint: u32,
  hyper: vec4f,
  layers: array<Layer, ${LAYERS}>,
}
@group(0) @binding(0) var<uniform> run: Run;
`;

export const RUN_BYTES = 96 + 32 * LAYERS;

/** What stays the same for a trainer; `part` is what changes from one dispatch to the next. */
export function runOf({ experiment, replicas }: Job, { layers, quads, perPoint, tile }: Plan): ArrayBuffer {
  const { training, seed } = experiment;
  const { count, train, validation, test } = replicas;
  const bytes = new ArrayBuffer(RUN_BYTES);
  const words = new Uint32Array(bytes);
  const numbers = new Float32Array(bytes);
  const size = train.size;
  words.set([layers.length, quads], 5);
  numbers[7] = 2 * training.l2;
  words.set([stepsPerEpoch(experiment, size), batchSizeOf(experiment, size), tile.training, tile.evaluation], 8);
  words.set([size, size + validation.size, test.size, count], 12);
  words.set([seed, Number(shuffles(experiment, size)), Number(experiment.replicas.redraw.order), perPoint], 16);
  numbers.set(hyperOf(training.optimizer), 20);
  layers.forEach(({ outputs, inQuads, outQuads, weights, given, values, errors }, l) =>
    words.set([outputs, inQuads, outQuads, weights, given, values, errors], 24 + 8 * l),
  );
  return bytes;
}

/** The beginning of `Run`. */
export function partOf(slice: Slice, epoch: number): Uint32Array<ArrayBuffer> {
  return Uint32Array.of(slice.fromStep, slice.untilStep, slice.fromRow, slice.untilRow, epoch);
}
