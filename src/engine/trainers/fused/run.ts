/** @file The uniform buffer of the shaders: all sizes, and which part of the work a dispatch is to do. */
import type { Experiment } from '../../experiment/experiment.ts';
import { dropoutThreshold, unitBlocks } from '../../training/disturbance.ts';
import { alignedWords, recordWords, structWgsl, writeRecord } from '../memory-record.ts';
import type { Job } from '../trainer.ts';
import { weightDecayOf } from '../../training/optimizers.ts';
import { lossNumbers } from './objectives.ts';
import { epsilonOf, hyperOf } from './optimizers.ts';
import { tilesOf, type WorkgroupPlan } from './plan.ts';
import type { Slice } from './slices.ts';

/** Hidden layers and the last one. */
const LAYERS = 5;

const LAYER = {
  outputs: 'u32',
  inQuads: 'u32',
  outQuads: 'u32',
  /** Where its parameters begin; and its inputs, activations and errors among the quads of a point. */
  weights: 'u32',
  given: 'u32',
  values: 'u32',
  errors: 'u32',
  /** Dropout: the layer's first block among those of a point; a unit is left out where its word lies below this. */
  units: 'u32',
  threshold: 'u32',
  /** What the other units are multiplied by. */
  scale: 'f32',
} as const;

/** What changes from one dispatch to the next: the beginning of `Run`. */
const DISPATCH = {
  /** The tiles of minibatches that this dispatch learns from, and those of points that it evaluates: see slices.ts. */
  fromTile: 'u32',
  untilTile: 'u32',
  fromItem: 'u32',
  untilItem: 'u32',
  /** The first epoch of the chunk; the replica of the first workgroup. */
  epoch: 'u32',
  firstReplica: 'u32',
} as const;

const RUN = {
  ...DISPATCH,
  /** Tiles of a minibatch; inputs. */
  tiles: 'u32',
  features: 'u32',
  /** Steps of an epoch, points of a whole batch, of a tile in training and in evaluation. */
  steps: 'u32',
  batch: 'u32',
  trainingTile: 'u32',
  evaluationTile: 'u32',
  /** Points of each replica for training, for training and validation; test points; replicas. */
  trainSize: 'u32',
  ownSize: 'u32',
  testSize: 'u32',
  replicas: 'u32',
  /** Whether the points are shuffled. */
  seed: 'u32',
  shuffled: 'u32',
  /** Replica r has order number r / `sharing` modulo `orders`. */
  sharing: 'u32',
  orders: 'u32',
  /** Quads of inputs, activations and errors of one point; blocks of its hidden units. */
  perPoint: 'u32',
  units: 'u32',
  /** Layers, and quads of parameters of a replica. */
  depth: 'u32',
  quads: 'u32',
  /** λ₁, 2λ₂ and λ of the weights' own decay; the three limits, 0 for none; standard deviation of the inputs. */
  l1: 'f32',
  l2: 'f32',
  weightDecay: 'f32',
  clipValue: 'f32',
  clipNorm: 'f32',
  maxNorm: 'f32',
  inputNoise: 'f32',
  /** Of the optimizer, and of the objective. */
  epsilon: 'f32',
  hyper: 'vec4f',
  loss: 'vec4f',
} as const;

export const RUN_WGSL = /* wgsl */ `
${structWgsl('Layer', LAYER)}
${structWgsl('Run', RUN, `layers: array<Layer, ${LAYERS}>,`)}
@group(0) @binding(0) var<uniform> run: Run;
/** The number that a replica's order and disturbances are drawn by. */
fn orderDraw(r: u32) -> u32 { return r / run.sharing % run.orders; }
`;

const FIRST_LAYER_BYTES = 4 * alignedWords(RUN);
const LAYER_BYTES = 4 * alignedWords(LAYER);

export const RUN_BYTES = FIRST_LAYER_BYTES + LAYERS * LAYER_BYTES;

/** What stays the same for a size of the minibatches; `dispatchOf` is what changes from one dispatch to the next. */
export function runOf(job: Job, plan: WorkgroupPlan): ArrayBuffer {
  const { experiment, layout, replicas } = job;
  const { training, model } = experiment;
  const { count, features, outputs, train, validation, test } = replicas;
  const { l1, l2, clipValue, clipNorm, maxNorm, inputNoise, optimizer } = training;
  const { steps, batch, tile, shuffled, perPoint, quads, layers } = plan;
  const bytes = new ArrayBuffer(RUN_BYTES);
  const units = unitBlocks(layout);
  const values = {
    ...{ fromTile: 0, untilTile: 0, fromItem: 0, untilItem: 0, epoch: 0, firstReplica: 0 },
    ...{ tiles: tilesOf(job, plan).ofBatch, features, steps, batch },
    ...{ trainingTile: tile.training, evaluationTile: tile.evaluation },
    ...{ trainSize: train.size, ownSize: train.size + validation.size, testSize: test.size, replicas: count },
    ...{ seed: experiment.seed, shuffled: Number(shuffled), ...ordersOf(experiment) },
    ...{ perPoint, units: units.count, depth: layers.length, quads },
    ...{ l1, l2: 2 * l2, weightDecay: weightDecayOf(training), clipValue, clipNorm, maxNorm, inputNoise },
    ...{ epsilon: epsilonOf(optimizer), hyper: hyperOf(optimizer), loss: lossNumbers(experiment, outputs) },
  };
  writeRecord(RUN, values, bytes);
  layers.forEach((layer, l) => {
    // The last layer drops nothing.
    const rate = l < units.starts.length ? (model.dropout[l] ?? 0) : 0;
    const drops = { units: units.starts[l] ?? 0, threshold: dropoutThreshold(rate), scale: 1 / (1 - rate) };
    writeRecord(LAYER, { ...layer, ...drops }, bytes, FIRST_LAYER_BYTES + l * LAYER_BYTES);
  });
  return bytes;
}

/** The same numbers as draws.ts has. */
function ordersOf({ replicas: { count, seeds, validations, redraw } }: Experiment) {
  return { sharing: validations, orders: !redraw.order ? 1 : seeds > 1 ? seeds : count };
}

/** The beginning of `Run`, for one dispatch. */
export function dispatchOf(slice: Slice, epoch: number): ArrayBuffer {
  const { fromTile, untilTile, fromItem, untilItem, fromReplica } = slice;
  const bytes = new ArrayBuffer(4 * recordWords(DISPATCH));
  writeRecord(DISPATCH, { fromTile, untilTile, fromItem, untilItem, epoch, firstReplica: fromReplica }, bytes);
  return bytes;
}
