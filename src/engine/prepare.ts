/** @file What a run is made of before anything is trained: the same for the page, the worker and the command line. */
import type { Replicas } from './data/replicas.ts';
import type { Experiment } from './experiment/experiment.ts';
import { layoutOf } from './model/network.ts';
import { classifies } from './model/objectives.ts';
import { decompositionPoints, spreadPoints, type TapeShape } from './record/tape.ts';
import type { Job } from './trainers/trainer.ts';

/** What a run trains on and what it is measured at; drawn once, and the same for as long as the run is on screen. */
export interface RunData {
  replicas: Replicas;
  /** `[D]`: the test points at which the error is taken apart, as indices into the test set. */
  points: Int32Array;
}

export interface PreparedRun extends RunData {
  /** With all its stages. */
  job: Job;
  /** Of the tape that the run fills. */
  shape: TapeShape;
}

/** `points`: how many the tape of a run that goes on has; a new run takes as many as its epochs leave room for. */
export function runDataOf({ training }: Experiment, replicas: Replicas, points?: number): RunData {
  const { count, outputs, test } = replicas;
  return {
    replicas,
    points:
      points === undefined
        ? decompositionPoints(count, training.epochs, test.size, outputs)
        : spreadPoints(test.size, points),
  };
}

/** Throws where the data are not those of the experiment. */
export function prepareRun(experiment: Experiment, { replicas, points }: RunData): PreparedRun {
  const { data, training, objective } = experiment;
  const wanted = { count: experiment.replicas.count, train: data.trainSize, validation: data.validationSize };
  const given = { count: replicas.count, train: replicas.train.size, validation: replicas.validation.size };
  for (const key of ['count', 'train', 'validation'] as const) {
    if (given[key] !== wanted[key])
      throw new Error(`data: ${key} is ${given[key]}, the experiment asks for ${wanted[key]}; draw them anew`);
  }
  return {
    replicas,
    points,
    job: { experiment, replicas, layout: layoutOf(experiment, replicas.features, replicas.outputs) },
    shape: {
      replicas: replicas.count,
      epochs: training.epochs,
      points: points.length,
      outputs: replicas.outputs,
      classification: classifies(objective),
    },
  };
}
