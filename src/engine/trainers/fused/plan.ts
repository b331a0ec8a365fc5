/** @file Where everything of one network stands in the memory of its workgroup, and what does not fit. */
import { batchSizeOf, stepsPerEpoch } from '../../batches.ts';
import type { Activation, Experiment } from '../../experiment.ts';
import type { ObjectiveName } from '../../objectives.ts';
import type { OptimizerName } from '../../optimizers.ts';
import type { Job } from '../../trainer.ts';

/** What the plan needs to know of a device. */
export interface PlanDevice {
  /** Whether a processor plays it: see `lanes`. */
  software: boolean;
  limits: Pick<
    GPUSupportedLimits,
    'maxComputeWorkgroupStorageSize' | 'maxStorageBufferBindingSize' | 'maxComputeWorkgroupsPerDimension'
  >;
}

/** What the shaders are made from: they know no sizes, so that a changed network compiles nothing. */
export interface Variant {
  activation: Activation;
  objective: ObjectiveName;
  optimizer: OptimizerName;
  /** Invocations of a workgroup. */
  lanes: number;
  /** Quads of workgroup memory for parameters, activations and errors; 0 where those stand in storage. */
  memory: number;
  /** Points that an invocation takes at a time. */
  group: { training: number; evaluation: number };
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
   * Where the weights begin in a replica's quads: `[4 · inQuads + 1, outQuads]`, a row for each input, the biases last.
   */
  weights: number;
  /** Where a point's inputs, activations and errors begin among its quads; the last layer has only errors. */
  given: number;
  values: number;
  errors: number;
}

export interface Plan {
  variant: Variant;
  layers: PlannedLayer[];
  /** Quads of parameters of one replica. */
  quads: number;
  /** Quads of inputs, activations and errors of one point. */
  perPoint: number;
  /** Points that are carried through the network together, in training and in evaluation. */
  tile: { training: number; evaluation: number };
}

/** Points of a tile at most; training points whose order fits the deck. */
export const MOST_POINTS = 64;
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

export function planOf({ experiment, layout, replicas }: Job, { software, limits }: PlanDevice): Plan {
  let quads = 0;
  let perPoint = quadsIn(layout.features);
  let given = 0;
  const layers = layout.layers.map(({ inputs, outputs }, l): PlannedLayer => {
    const [inQuads, outQuads] = [quadsIn(inputs), quadsIn(outputs)];
    const values = perPoint;
    const errors = perPoint + (l < layout.layers.length - 1 ? outQuads : 0);
    const layer = { inputs, outputs, inQuads, outQuads, weights: quads, given, values, errors };
    quads += (4 * inQuads + 1) * outQuads;
    perPoint = errors + outQuads;
    given = values;
    return layer;
  });
  const batch = batchSizeOf(experiment, replicas.train.size);
  const deck = !software && shuffles(experiment, replicas.train.size) && replicas.train.size <= MOST_CARDS;
  const spent = 4 * MOST_POINTS + (deck ? 4 * MOST_CARDS : 0);
  const most = software ? 0 : (limits.maxComputeWorkgroupStorageSize - spent) / QUAD_BYTES;
  const wanted = quads + Math.min(batch, MOST_POINTS) * perPoint;
  const fitting = MEMORIES.filter((size) => size <= most && size >= LEAST_POINTS * perPoint);
  const memory = fitting.find((size) => size >= wanted) ?? fitting.at(-1) ?? 0;
  // Half of the memory is for the points: where they get less, the parameters are better read from storage.
  const resident = quads <= memory / 2;
  const room = (size: number) => (memory === 0 ? MOST_POINTS : Math.floor(size / perPoint));
  // The more points share a weight that was read, the fewer invocations have something to do.
  const together = software ? 8 : 4;
  const training = tileOf(batch, room(memory - (resident ? quads : 0)), together);
  const evaluation = tileOf(MOST_POINTS, room(memory), together);
  return {
    variant: {
      activation: experiment.model.activation,
      objective: experiment.objective,
      optimizer: experiment.training.optimizer.name,
      lanes: software ? SOFTWARE_LANES : LANES,
      memory,
      group: { training: training.group, evaluation: evaluation.group },
      resident,
      several: batch > training.points,
      deck,
    },
    layers,
    quads,
    perPoint,
    tile: { training: training.points, evaluation: evaluation.points },
  };
}

/** Whole groups of points, as many as are there and have room. */
function tileOf(points: number, room: number, together: number): { points: number; group: number } {
  const most = Math.min(points, MOST_POINTS, room);
  const group = Math.min(together, most >= 32 ? 8 : most >= 16 ? 4 : most >= 8 ? 2 : 1);
  const whole = group * Math.ceil(most / group);
  return { points: whole <= room ? whole : whole - group, group };
}

/** Tiles of the minibatches of an epoch (an incomplete last one counts as the others), and of the points evaluated. */
export function tilesOf({ experiment, replicas }: Job, { tile }: Plan) {
  const { train, validation, test } = replicas;
  const ofBatch = Math.ceil(batchSizeOf(experiment, train.size) / tile.training);
  return {
    ofBatch,
    ofEpoch: ofBatch * stepsPerEpoch(experiment, train.size),
    ofEvaluation: Math.ceil((train.size + validation.size + test.size) / tile.evaluation),
  };
}

/** Whether the order of the training points matters: a full batch is one sum whatever its order. */
export function shuffles({ training }: Experiment, size: number): boolean {
  return training.shuffle && training.batchSize !== 'full' && training.batchSize < size;
}

/** Why this job cannot be trained by one kernel on such a device, for the page; null if it can. */
export function fusedRefusal(job: Job, device: PlanDevice): string | null {
  const { count, features, train, validation, test, outputs } = job.replicas;
  const { quads, perPoint, tile } = planOf(job, device);
  const largest = Math.max(
    QUAD_BYTES * (count * (train.size + validation.size) + test.size) * quadsIn(features),
    QUAD_BYTES * count * tile.training * perPoint,
    4 * count * (train.size + validation.size + test.size) * outputs,
    3 * QUAD_BYTES * quads * count,
  );
  const { maxStorageBufferBindingSize: allowed } = device.limits;
  if (largest <= allowed) return null;
  const megabytes = (bytes: number) => Math.ceil(bytes / 2 ** 20);
  return `${count} replicas on these data need ${megabytes(largest)} MB in one buffer, and this device allows ${megabytes(allowed)}`;
}
