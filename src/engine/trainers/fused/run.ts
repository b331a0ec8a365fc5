/** @file What the shaders are told at each dispatch: the sizes of everything, and which part of the work is meant. */
import { batchSizeOf, stepsPerEpoch } from '../../batches.ts';
import type { Job } from '../../trainer.ts';
import { hyperOf } from './optimizers.ts';
import { shuffles, tilesOf, type Plan } from './plan.ts';
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
  /** The tiles of minibatches that this dispatch learns from, and those of points that it evaluates: see slices.ts. */
  fromTile: u32, untilTile: u32, fromItem: u32, untilItem: u32,
  /** The first epoch of the chunk; the replica of the first workgroup. */
  epoch: u32, firstReplica: u32,
  /** Tiles of a minibatch. */
  tiles: u32,
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
  /** Layers, and quads of parameters of a replica. */
  depth: u32, quads: u32,
  hyper: vec4f,
  layers: array<Layer, ${LAYERS}>,
}
@group(0) @binding(0) var<uniform> run: Run;
`;

export const RUN_BYTES = 112 + 32 * LAYERS;

/** What stays the same for a trainer; `part` is what changes from one dispatch to the next. */
export function runOf(job: Job, plan: Plan): ArrayBuffer {
  const { experiment, replicas } = job;
  const { layers, quads, perPoint, tile } = plan;
  const { training, seed } = experiment;
  const { count, train, validation, test } = replicas;
  const bytes = new ArrayBuffer(RUN_BYTES);
  const words = new Uint32Array(bytes);
  const numbers = new Float32Array(bytes);
  const size = train.size;
  words[6] = tilesOf(job, plan).ofBatch;
  numbers[7] = 2 * training.l2;
  words.set([stepsPerEpoch(experiment, size), batchSizeOf(experiment, size), tile.training, tile.evaluation], 8);
  words.set([size, size + validation.size, test.size, count], 12);
  words.set([seed, Number(shuffles(experiment, size)), Number(experiment.replicas.redraw.order), perPoint], 16);
  words.set([layers.length, quads], 20);
  numbers.set(hyperOf(training.optimizer), 24);
  layers.forEach(({ outputs, inQuads, outQuads, weights, given, values, errors }, l) =>
    words.set([outputs, inQuads, outQuads, weights, given, values, errors], 28 + 8 * l),
  );
  return bytes;
}

/** The beginning of `Run`. */
export function partOf(slice: Slice, epoch: number): Uint32Array<ArrayBuffer> {
  return Uint32Array.of(slice.fromTile, slice.untilTile, slice.fromItem, slice.untilItem, epoch, slice.fromReplica);
}
