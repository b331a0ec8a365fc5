/** @file Runs kept before the tape and the engine noted all that they do today. */
import { batchSizeOf, stepsPerEpoch } from '../engine/batches.ts';
import type { Experiment } from '../engine/experiment.ts';
import { paceAtStart } from '../engine/pacemaker.ts';
import { SCORES } from '../engine/tape.ts';
import type { CheckpointBulk } from './format.ts';
import type { TapeColumns } from './tape-columns.ts';

/**
 * What such a run could not note: its learning rate and batch size never changed, so its course is known exactly; the
 * scores that were not computed and the noise that was not measured are NaN.
 */
export function completedBulk(bulk: CheckpointBulk, experiment: Experiment): CheckpointBulk {
  const { tape, state } = bulk;
  const { replicas, data, training } = experiment;
  const pace = state.pace ?? {
    ...paceAtStart(replicas.count, batchSizeOf(experiment, data.trainSize)),
    updates: state.trainer?.step,
  };
  const column = (value: (epoch: number) => number) =>
    Float32Array.from({ length: replicas.count * tape.length }, (_, i) => value(i % tape.length));
  const steps = stepsPerEpoch(experiment, data.trainSize);
  const unknown = tape.shape.classification ? SCORES.filter((name) => !name.endsWith('Accuracy')) : [];
  const columns: Partial<TapeColumns> = {
    learningRate: column(() => training.optimizer.learningRate),
    updates: column((epoch) => (epoch + 1) * steps),
    gradientNoise: column(() => NaN),
    ...Object.fromEntries(SCORES.map((name) => [name, new Float32Array(0)])),
    ...Object.fromEntries(unknown.map((name) => [name, column(() => NaN)])),
  };
  return { ...bulk, tape: { ...columns, ...tape }, state: { ...state, pace } };
}
