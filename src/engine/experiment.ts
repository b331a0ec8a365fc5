/** @file The single description of an experiment: its type and its defaults. */
import { datasetOf } from '../../datasets/index.ts';
import type { Task } from '../../datasets/contract.ts';
import { KNOBS } from './knobs.ts';
import type { ObjectiveName } from './objectives.ts';
import { optimizerDefaults, type OptimizerSettings } from './optimizers.ts';

export const ACTIVATIONS = ['tanh', 'relu', 'sigmoid', 'gelu', 'linear'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

export const MONITORS = ['validation-loss', 'training-loss', 'validation-accuracy'] as const;
export type Monitor = (typeof MONITORS)[number];

/** The rule of Keras 3 `EarlyStopping`, its parameters by their own names. */
export interface StoppingSettings {
  rule: 'keras';
  monitor: Monitor;
  minDelta: number;
  patience: number;
  mode: 'auto' | 'min' | 'max';
  baseline: number | null;
  /** Counted from 0, as Keras does. */
  startFromEpoch: number;
  restoreBestWeights: boolean;
}

/** Which of the visitor's own columns is learned; the rows themselves are kept beside the experiment. */
export interface OwnTable {
  name: string;
  target: string;
  task: Task;
  rows: number;
  features: number;
  outputs: number;
  /** SHA-256 of the standard form of the rows, in hex: a checkpoint or link without these rows says what is missing. */
  sha256: string;
}

export interface Experiment {
  version: 1;
  seed: number;
  data: {
    /** A dataset's id, or `own` for the visitor's table. */
    source: string;
    own: OwnTable | null;
    trainSize: number;
    validationSize: number;
    testSize: number;
    noise: number;
    labelNoise: number;
    /** How a replica gets its rows from a finite table; generated data are always drawn afresh. */
    resampling: 'bootstrap' | 'disjoint';
  };
  replicas: {
    count: number;
    /** What differs between replicas; what is false is shared by all of them. */
    redraw: { data: boolean; weights: boolean; order: boolean };
  };
  model: {
    hidden: number[];
    activation: Activation;
    /** Standardised inputs are multiplied by this: the larger, the faster a small network can bend. */
    inputScale: number;
  };
  objective: ObjectiveName;
  training: {
    optimizer: OptimizerSettings;
    batchSize: number | 'full';
    shuffle: boolean;
    epochs: number;
    /** λ of λ·Σw² over the weights, biases left out, added to each replica's loss; not part of the losses shown. */
    l2: number;
    haltWhenStopped: boolean;
  };
  stopping: StoppingSettings;
}

export function taskOf(experiment: Experiment): Task {
  if (experiment.data.own) return experiment.data.own.task;
  const dataset = datasetOf(experiment.data.source);
  if (!dataset) throw new Error(`data.source: there is no dataset "${experiment.data.source}"`);
  return dataset.task;
}

export const DEFAULT_EXPERIMENT: Experiment = {
  version: 1,
  seed: KNOBS.seed.default,
  data: {
    source: 'sine',
    own: null,
    trainSize: KNOBS['data.trainSize'].default,
    validationSize: KNOBS['data.validationSize'].default,
    testSize: KNOBS['data.testSize'].default,
    noise: KNOBS['data.noise'].default,
    labelNoise: 0,
    resampling: 'bootstrap',
  },
  replicas: { count: KNOBS['replicas.count'].default, redraw: { data: true, weights: true, order: true } },
  model: { hidden: [24, 24], activation: 'tanh', inputScale: KNOBS['model.inputScale'].default },
  objective: 'squared-error',
  training: {
    optimizer: optimizerDefaults('adam'),
    batchSize: 'full',
    shuffle: true,
    epochs: KNOBS['training.epochs'].default,
    l2: 0,
    haltWhenStopped: false,
  },
  stopping: {
    rule: 'keras',
    monitor: 'validation-loss',
    minDelta: KNOBS['stopping.minDelta'].default,
    patience: KNOBS['stopping.patience'].default,
    mode: 'auto',
    baseline: null,
    startFromEpoch: 0,
    restoreBestWeights: true,
  },
};
