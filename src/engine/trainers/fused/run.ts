/** @file What the shaders are told at each dispatch: the sizes of everything, and which part of the work is meant. */
import { dropoutThreshold, unitBlocks } from '../../training/disturbance.ts';
import type { Job } from '../trainer.ts';
import { weightDecayOf } from '../plain/optimizer.ts';
import { lossNumbers } from './objectives.ts';
import { epsilonOf, hyperOf } from './optimizers.ts';
import { tilesOf, type WorkgroupPlan } from './plan.ts';
import type { Slice } from './slices.ts';

/** Hidden layers and the last one. */
const LAYERS = 5;

export const RUN_WGSL = /* wgsl */ `
struct Layer {
  outputs: u32, inQuads: u32, outQuads: u32,
  /** Where its parameters begin; and its inputs, activations and errors among the quads of a point. */
  weights: u32, given: u32, values: u32, errors: u32,
  /** Dropout: the layer's first block among those of a point; a unit is left out where its word lies below this. */
  units: u32, threshold: u32,
  /** What the other units are multiplied by. */
  scale: f32,
  /** To a multiple of 16 bytes. */
  unused0: u32, unused1: u32,
}

struct Run {
  /** The tiles of minibatches that this dispatch learns from, and those of points that it evaluates: see slices.ts. */
  fromTile: u32, untilTile: u32, fromItem: u32, untilItem: u32,
  /** The first epoch of the chunk; the replica of the first workgroup. */
  epoch: u32, firstReplica: u32,
  /** Tiles of a minibatch; inputs. */
  tiles: u32, features: u32,
  /** Steps of an epoch, points of a whole batch, of a tile in training and in evaluation. */
  steps: u32, batch: u32, trainingTile: u32, evaluationTile: u32,
  /** Points of each replica for training, for training and validation; test points; replicas. */
  trainSize: u32, ownSize: u32, testSize: u32, replicas: u32,
  /** Whether the points are shuffled; 0 where all replicas share the order of the first. */
  seed: u32, shuffled: u32, ownOrder: u32,
  /** Quads of inputs, activations and errors of one point; blocks of its hidden units. */
  perPoint: u32, units: u32,
  /** Layers, and quads of parameters of a replica. */
  depth: u32, quads: u32,
  /** λ₁, 2λ₂ and λ of the weights' own decay; the three limits, 0 for none; standard deviation of the inputs. */
  l1: f32, l2: f32, weightDecay: f32, clipValue: f32, clipNorm: f32, maxNorm: f32, inputNoise: f32,
  /** Of the optimizer, and of the objective. */
  epsilon: f32,
  hyper: vec4f,
  loss: vec4f,
  layers: array<Layer, ${LAYERS}>,
}
@group(0) @binding(0) var<uniform> run: Run;
`;

/** In words. */
const HYPER = 32;
const FIRST_LAYER = HYPER + 8;
const LAYER = 12;

export const RUN_BYTES = 4 * (FIRST_LAYER + LAYER * LAYERS);

/** What stays the same for a size of the minibatches; `partOf` is what changes from one dispatch to the next. */
export function runOf(job: Job, plan: WorkgroupPlan): ArrayBuffer {
  const { experiment, layout, replicas } = job;
  const { training, model } = experiment;
  const { count, features, outputs, train, validation, test } = replicas;
  const bytes = new ArrayBuffer(RUN_BYTES);
  const words = new Uint32Array(bytes);
  const numbers = new Float32Array(bytes);
  const units = unitBlocks(layout);
  words.set([tilesOf(job, plan).ofBatch, features], 6);
  words.set([plan.steps, plan.batch, plan.tile.training, plan.tile.evaluation], 8);
  words.set([train.size, train.size + validation.size, test.size, count], 12);
  words.set([experiment.seed, Number(plan.shuffled), Number(experiment.replicas.redraw.order)], 16);
  words.set([plan.perPoint, units.count, plan.layers.length, plan.quads], 19);
  const { l1, l2, clipValue, clipNorm, maxNorm, inputNoise, optimizer } = training;
  const penalties = [l1, 2 * l2, weightDecayOf(training)];
  numbers.set([...penalties, clipValue, clipNorm, maxNorm, inputNoise, epsilonOf(optimizer)], 23);
  numbers.set([...hyperOf(optimizer), ...lossNumbers(experiment, outputs)], HYPER);
  plan.layers.forEach(({ outputs, inQuads, outQuads, weights, given, values, errors }, l) => {
    const at = FIRST_LAYER + LAYER * l;
    words.set([outputs, inQuads, outQuads, weights, given, values, errors], at);
    // The last layer drops nothing.
    const rate = l < units.starts.length ? (model.dropout[l] ?? 0) : 0;
    words.set([units.starts[l] ?? 0, dropoutThreshold(rate)], at + 7);
    numbers[at + 9] = 1 / (1 - rate);
  });
  return bytes;
}

/** The beginning of `Run`. */
export function partOf(slice: Slice, epoch: number): Uint32Array<ArrayBuffer> {
  return Uint32Array.of(slice.fromTile, slice.untilTile, slice.fromItem, slice.untilItem, epoch, slice.fromReplica);
}
