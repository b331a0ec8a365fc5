/** @file From format 1: it grew while it was in use, so a record may lack what tape and engine came to note later. */
import { datasetOf } from '../../../datasets/index.ts';
import { batchSizeOf, stepsPerEpoch } from '../../engine/training/batches.ts';
import { costUntil } from '../../engine/record/cost.ts';
import type { Experiment } from '../../engine/experiment/experiment.ts';
import { layoutOf } from '../../engine/model/network.ts';
import { initialSchedulerState } from '../../engine/training/training-scheduler.ts';
import { inStage } from '../../engine/experiment/stages.ts';
import type { TrainerState } from '../../engine/trainers/trainer.ts';
import { SCORES } from '../../engine/record/tape.ts';
import { at, isTree, set, type Tree } from '../../engine/experiment/tree.ts';
import type { TapeColumns } from '../tape-columns.ts';
import type { RecordStep } from './step.ts';

export const fromFormat1: RecordStep = {
  from: 1,
  meta: withTestDesign,
  bulk: withAllColumns,
};

/** Test points of the plane were laid otherwise, and what a tape recorded belongs to them. */
function withTestDesign(record: Tree): Tree {
  const data = at(record, ['experiment', 'data']);
  if (!isTree(data) || data.testDesign !== undefined) return record;
  const dataset = datasetOf(String(data.source));
  const inPlane = dataset?.kind === 'generated' && dataset.features === 2;
  return inPlane ? (set(record, ['experiment', 'data', 'testDesign'], 'mirrored') as Tree) : record;
}

/** What every record of format 1 has; the rest may be missing. */
interface Kept {
  tape: Partial<TapeColumns> & Pick<TapeColumns, 'shape' | 'length' | 'elapsedMs'>;
  state: { trainer?: Partial<TrainerState>; pace?: unknown };
}

/**
 * Fills in what such a run did not record. Of the first runs learning rate and batch size never changed, so their course is known
 * exactly, as are examples and FLOPs; the time taken is spread evenly over the epochs; scores that were not computed,
 * gradients that were not looked at, predictions that were not kept and the time that measuring took are NaN.
 */
function withAllColumns(record: Tree, experiment: Experiment): Tree {
  const { tape, state } = record as unknown as Kept;
  const { replicas, data, training } = experiment;
  const { length } = tape;
  const column = (value: (epoch: number) => number) =>
    Float32Array.from({ length: replicas.count * length }, (_, i) => value(i % length));
  const unknown = () => column(() => NaN);
  const steps = stepsPerEpoch(experiment, data.trainSize);
  const scores = tape.shape.classification ? SCORES.filter((name) => !name.endsWith('Accuracy')) : [];
  const updates = tape.updates ?? column((epoch) => (epoch + 1) * steps);
  const flops = flopsOf(experiment, tape, updates);
  const seconds = (epoch: number) => ((epoch + 1) / length) * (tape.elapsedMs / 1000);
  const columns: Partial<TapeColumns> = {
    measuringMs: NaN,
    learningRate: column(() => training.optimizer.learningRate),
    updates,
    examples: column((epoch) => (epoch + 1) * data.trainSize),
    flops: column((epoch) => flops[epoch]!),
    seconds: column(seconds),
    gradientNoise: unknown(),
    gradientEvidence: unknown(),
    gradientDisparity: unknown(),
    predictionChanges: unknown(),
    ...Object.fromEntries(SCORES.map((name) => [name, new Float32Array(0)])),
    ...Object.fromEntries(scores.map((name) => [name, unknown()])),
  };
  const passed = { flops: flops.at(-1) ?? 0, seconds: tape.elapsedMs / 1000, classes: null };
  return { ...record, tape: { ...columns, ...tape }, state: { ...state, pace: pace() } };

  function pace(): unknown {
    if (isTree(state.pace)) return { ...passed, ...state.pace };
    if (state.pace !== undefined) return state.pace;
    const start = initialSchedulerState(replicas.count, batchSizeOf(experiment, data.trainSize));
    return { ...start, ...passed, updates: state.trainer?.step };
  }
}

/** FLOPs of training one replica until the end of each epoch, as the training scheduler counts them. */
function flopsOf(experiment: Experiment, { shape, length }: Kept['tape'], updates: Float32Array): number[] {
  const { data } = experiment;
  const features = data.own?.features ?? datasetOf(data.source)!.features;
  const workload = {
    layout: layoutOf(experiment, features, shape.outputs),
    replicas: shape.replicas,
    points: { train: data.trainSize, validation: data.validationSize, test: data.testSize },
    updates: stepsPerEpoch(experiment, data.trainSize),
  };
  let sum = 0;
  return Array.from({ length }, (_, epoch) => {
    const optimizer = inStage(experiment, epoch).training.optimizer.name;
    const steps = updates[epoch]! - (epoch === 0 ? 0 : updates[epoch - 1]!);
    return (sum += costUntil({ ...workload, optimizer }, 1, steps).training);
  });
}
