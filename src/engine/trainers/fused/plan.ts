/** @file Plans how one network is laid out in workgroup memory, and says what does not fit. */
import { batchSizeOf } from '../../training/batches.ts';
import { dropsOut } from '../../training/disturbance.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { Activation } from '../../model/activations.ts';
import type { ObjectiveName } from '../../model/objectives.ts';
import type { OptimizerName } from '../../training/optimizers.ts';
import type { Job } from '../trainer.ts';
import { NORM_ROWS, normQuads } from './layer-norm.ts';
import { focuses } from './objectives.ts';

/** What the plan needs to know of a device. */
export interface PlanDevice {
  /** Whether a processor plays it: see `lanes`. */
  software: boolean;
  limits: Pick<
    GPUSupportedLimits,
    'maxComputeWorkgroupStorageSize' | 'maxStorageBufferBindingSize' | 'maxComputeWorkgroupsPerDimension'
  >;
  /** Invocations that may hand each other what they read; none if left out. */
  subgroup?: number;
}

/** What the shaders are made from: they know no sizes, so that a changed network compiles nothing. */
export interface Variant {
  activation: Activation;
  objective: ObjectiveName;
  optimizer: OptimizerName;
  /** Whether the log-probabilities of the classes are weighted. */
  focal: boolean;
  /** Whether units are left out, and whether the inputs are noisy. */
  dropout: boolean;
  noise: boolean;
  /** Whether the sums of hidden layers are normalised. */
  layerNorm: boolean;
  /** Whether a step needs the whole gradient at once, or whole columns of weights. */
  whole: boolean;
  /** Invocations of a workgroup. */
  lanes: number;
  /** Quads of workgroup memory for parameters, activations and errors; 0 where those stand in storage. */
  memory: number;
  /** Points that an invocation takes at a time. */
  group: { training: number; evaluation: number };
  /** Whether the invocations of a workgroup share the weights that they read. */
  shared: { training: boolean; evaluation: boolean };
  /** Whether the parameters stand at the front of the workgroup memory while it trains; in storage otherwise. */
  resident: boolean;
  /** Whether a batch takes several tiles. */
  several: boolean;
  /** Whether the order of the training points is made in workgroup memory. */
  deck: boolean;
}

/** Numbers are kept four by four: inputs, units and weights are padded with zeros to whole quads. */
export interface PlannedLayer {
  inputs: number;
  outputs: number;
  /** Quads of inputs and of outputs. */
  inQuads: number;
  outQuads: number;
  /**
   * Where the weights begin in a replica's quads: `[4 · inQuads + 1, outQuads]`, a row for each input, then the biases; in a
   * normalised layer two rows more, gains and shifts.
   */
  weights: number;
  /** Where a point's inputs, activations and errors begin among its quads; the last layer has only errors. */
  given: number;
  values: number;
  errors: number;
}

/** For one size of the minibatches; layers, quads and what a point needs are the same for all of them. */
export interface WorkgroupPlan {
  layers: PlannedLayer[];
  /** Quads of parameters of one replica. */
  quads: number;
  /** Quads of inputs, activations and errors of one point. */
  perPoint: number;
  /** Points of a whole minibatch, and minibatches of an epoch. */
  batch: number;
  steps: number;
  /** Whether the order of the training points matters. */
  shuffled: boolean;
  /** Points that are carried through the network together, in training and in evaluation. */
  tile: { training: number; evaluation: number };
  variant: Variant;
}

/** Points of a tile at most; training points whose order fits the deck. */
export const MOST_TILE_POINTS = 64;
export const MOST_CARDS = 1024;

const LANES = 64;
/**
 * SwiftShader plays four invocations with one vector; each vector more makes a barrier a switch between fibres, of
 * microseconds. Workgroup memory is compiled to one store a number that clears it; storage is as near.
 */
const SOFTWARE_LANES = 4;
const QUAD_BYTES = 16;
/** Sizes of the memory, in quads: more would leave a graphics processor room for fewer replicas at a time. */
const MEMORIES = [224, 736, 1760];
/** A smaller tile is not worth the workgroup memory. */
const LEAST_POINTS = 8;

const quadsIn = (n: number) => Math.ceil(n / 4);

/** `batch` is at most the training set. */
export function planOf(
  job: Job,
  { software, limits, subgroup = 0 }: PlanDevice,
  batch = batchAtStart(job),
): WorkgroupPlan {
  const { experiment, layout, replicas } = job;
  const { training } = experiment;
  let quads = 0;
  let perPoint = quadsIn(layout.features);
  let given = 0;
  const layers = layout.layers.map(({ inputs, outputs, gains }, l): PlannedLayer => {
    const [inQuads, outQuads] = [quadsIn(inputs), quadsIn(outputs)];
    const values = perPoint;
    const errors = perPoint + (l < layout.layers.length - 1 ? outQuads : 0);
    const layer = { inputs, outputs, inQuads, outQuads, weights: quads, given, values, errors };
    quads += (4 * inQuads + 1 + (gains === null ? 0 : NORM_ROWS)) * outQuads;
    perPoint = errors + outQuads + (gains === null ? 0 : normQuads(outQuads));
    given = values;
    return layer;
  });
  const shuffled = shuffles(experiment, replicas.train.size, batch);
  const deck = !software && shuffled && replicas.train.size <= MOST_CARDS;
  const whole = training.clipNorm > 0 || training.maxNorm > 0;
  const spent = 4 * MOST_TILE_POINTS + (deck ? 4 * MOST_CARDS : 0) + (whole ? 4 * LANES : 0);
  const most = software ? 0 : (limits.maxComputeWorkgroupStorageSize - spent) / QUAD_BYTES;
  const wanted = quads + Math.min(batch, MOST_TILE_POINTS) * perPoint;
  const fitting = MEMORIES.filter((size) => size <= most && size >= LEAST_POINTS * perPoint);
  const memory = fitting.find((size) => size >= wanted) ?? fitting.at(-1) ?? 0;
  // Half of the memory is for the points: where they get less, the parameters are better read from storage.
  const resident = quads <= memory / 2;
  const stored = Math.floor(limits.maxStorageBufferBindingSize / (QUAD_BYTES * perPoint * replicas.count));
  const room = (size: number) => (memory === 0 ? Math.max(1, stored) : Math.floor(size / perPoint));
  // The more points share a weight that was read, the fewer invocations have something to do.
  const together = software ? 8 : 4;
  const tile = tileOf(batch, room(memory - (resident ? quads : 0)), together);
  const evaluation = tileOf(MOST_TILE_POINTS, room(memory), together);
  // On a processor a vector is read number by number, so that a weight read once for all is worth more than a busy lane.
  const shares = ({ points, group }: Tile) =>
    software && subgroup === SOFTWARE_LANES && (points / group) % SOFTWARE_LANES === 0;
  return {
    layers,
    quads,
    perPoint,
    batch,
    steps: Math.ceil(replicas.train.size / batch),
    shuffled,
    tile: { training: tile.points, evaluation: evaluation.points },
    variant: {
      activation: experiment.model.activation,
      objective: experiment.objective,
      optimizer: training.optimizer.name,
      focal: focuses(experiment),
      dropout: dropsOut(experiment),
      noise: training.inputNoise > 0,
      layerNorm: layout.layers.some(({ gains }) => gains !== null),
      whole,
      lanes: software ? SOFTWARE_LANES : LANES,
      memory,
      group: { training: tile.group, evaluation: evaluation.group },
      shared: { training: shares(tile), evaluation: shares(evaluation) },
      resident,
      // Where it is whole, the gradient of a batch is summed up in any case.
      several: !whole && batch > tile.points,
      deck,
    },
  };
}

interface Tile {
  points: number;
  group: number;
}

/** Whole groups of points, as many as are there and have room. */
function tileOf(points: number, room: number, together: number): Tile {
  const most = Math.min(points, MOST_TILE_POINTS, room);
  const group = Math.min(together, most >= 32 ? 8 : most >= 16 ? 4 : most >= 8 ? 2 : 1);
  const whole = group * Math.ceil(most / group);
  return { points: whole <= room ? whole : whole - group, group };
}

const batchAtStart = ({ experiment, replicas }: Job) => batchSizeOf(experiment, replicas.train.size);

/** Tiles of the minibatches of an epoch (an incomplete last one counts as the others), and of the points evaluated. */
export function tilesOf({ replicas }: Job, { batch, steps, tile }: WorkgroupPlan) {
  const { train, validation, test } = replicas;
  const ofBatch = Math.ceil(batch / tile.training);
  return {
    ofBatch,
    ofEpoch: ofBatch * steps,
    ofEvaluation: Math.ceil((train.size + validation.size + test.size) / tile.evaluation),
  };
}

/** A full batch is one sum whatever the order of its points, unless something is drawn for each place in it. */
function shuffles(experiment: Experiment, size: number, batch: number): boolean {
  const { shuffle, inputNoise } = experiment.training;
  return shuffle && (batch < size || inputNoise > 0 || dropsOut(experiment));
}

/** Why this job cannot be trained by one kernel on such a device, for the page; null if it can. */
export function fusedRefusal(job: Job, device: PlanDevice): string | null {
  const { count, features, train, validation, test, outputs } = job.replicas;
  const { quads, perPoint } = planOf(job, device);
  const largest = Math.max(
    QUAD_BYTES * (count * (train.size + validation.size) + test.size) * quadsIn(features),
    QUAD_BYTES * count * perPoint,
    4 * count * (train.size + validation.size + test.size) * outputs,
    3 * QUAD_BYTES * quads * count,
  );
  const { maxStorageBufferBindingSize: allowed } = device.limits;
  if (largest <= allowed) return null;
  const megabytes = (bytes: number) => Math.ceil(bytes / 2 ** 20);
  return `${count} replicas on these data need ${megabytes(largest)} MB in one buffer, and this device allows ${megabytes(allowed)}`;
}
