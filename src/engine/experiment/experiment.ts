/** @file The single description of an experiment: its type and its defaults. */
import { datasetOf } from '../../../datasets/index.ts';
import type { Task } from '../../../datasets/contract.ts';
import { CURRENT_VERSION } from './migrations/index.ts';
import { NUMBERS } from './numbers.ts';
import type { BatchScheduleSettings } from '../training/batch-schedules.ts';
import type { InitializerName } from '../model/initializers.ts';
import type { LossSettings, ObjectiveName } from '../model/objectives.ts';
import { optimizerDefaults, type OptimizerSettings } from '../training/optimizers.ts';
import type { ScheduleSettings } from '../training/schedules.ts';

export const ACTIVATIONS = ['tanh', 'relu', 'sigmoid', 'gelu', 'linear'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

/** Losses and scores: what the rule of Keras that is set on the page may monitor. */
export const METRICS = [
  ...(['validation-loss', 'training-loss', 'validation-accuracy', 'validation-error-rate'] as const),
  ...(['validation-f1', 'validation-brier', 'validation-calibration-error'] as const),
] as const;
export type Metric = (typeof METRICS)[number];

/** What else the rules of policies may watch: it is seen on the training data alone, see gradient-noise.ts and prediction-changes.ts. */
export const SIGNALS = ['gradient-evidence', 'gradient-disparity', 'prediction-changes'] as const;
export const MONITORS = [...METRICS, ...SIGNALS] as const;
export type Monitor = (typeof MONITORS)[number];

/** What a parameter of a stopping rule may hold. */
export type Setting = number | string | boolean | null;

/** A rule by its name in the registry, what it watches, and its settings by the rule's own names. */
export interface RulePolicy {
  rule: string;
  monitor: Monitor;
  [setting: string]: Setting;
}
/** Stops with the first of its members, or with the last. */
export type GroupPolicy = { any: Policy[] } | { all: Policy[] };
/** What decides when a replica stops; what rules there are, and what may be set of them, is known to stopping/. */
export type Policy = RulePolicy | GroupPolicy;

/** The rule of Keras 3 `EarlyStopping`, its parameters by their own names, and what may stand in its place. */
export interface StoppingSettings {
  rule: 'keras';
  /** Decides instead of the rule of Keras, whose settings wait beside it; null: the rule of Keras decides. */
  policy: Policy | null;
  monitor: Metric;
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
  /** Of the document, see migrations/. */
  version: number;
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
    /** Trouble on purpose, see trouble.ts; 0 is none. Outliers are for regression, imbalance is for classes. */
    outliers: number;
    imbalance: number;
    leakage: number;
    shift: number;
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
    /** Whether the sums of each hidden layer are normalised before the activation, see layer-norm.ts. */
    layerNorm: boolean;
    /** Standardised inputs are multiplied by this: the larger, the faster a small network can bend. */
    inputScale: number;
    initializer: InitializerName;
    /** Initial weights are multiplied by this. */
    initialScale: number;
    /** Rates of the hidden layers from the first on; layers beyond the list have none. */
    dropout: number[];
  };
  objective: ObjectiveName;
  loss: LossSettings;
  training: {
    optimizer: OptimizerSettings;
    schedule: ScheduleSettings;
    /** Epochs of warm-up. */
    warmup: number;
    batchSize: number | 'full';
    batchSchedule: BatchScheduleSettings;
    /** Whether the noise of the gradient is measured after each epoch, also where no schedule goes by it. */
    gradientNoise: boolean;
    shuffle: boolean;
    epochs: number;
    /** λ of λ·Σ|w| and λ·Σw² over the weights, biases left out, added to each replica's loss; not part of the losses shown. */
    l1: number;
    l2: number;
    /** λ of w −= η·λ·w at each step, biases left out; not for AdamW, which has its own. */
    weightDecay: number;
    /** Largest ‖w‖ of a unit's incoming weights, biases left out; 0 for none. The same for the three limits. */
    maxNorm: number;
    /** The gradient, penalties included, is clipped by value first, then by its norm over all parameters of a replica. */
    clipValue: number;
    clipNorm: number;
    /** Standard deviation of fresh normal noise on the inputs, as the network sees them, in training. */
    inputNoise: number;
    haltWhenStopped: boolean;
  };
  /** How a run that goes on with other settings trains from some epoch on, in the order of their beginnings. */
  stages: Stage[];
  stopping: StoppingSettings;
}

/** The settings that a stage may have of its own. */
export type StageTraining = Omit<Experiment['training'], 'shuffle' | 'epochs' | 'gradientNoise' | 'haltWhenStopped'>;

export interface Stage {
  /** Epochs trained before it begins. */
  from: number;
  training: StageTraining;
  /** As in `model.dropout`. */
  dropout: number[];
}

export function taskOf(experiment: Experiment): Task {
  if (experiment.data.own) return experiment.data.own.task;
  const dataset = datasetOf(experiment.data.source);
  if (!dataset) throw new Error(`data.source: there is no dataset "${experiment.data.source}"`);
  return dataset.task;
}

/** Validation points that come to stand in the training set as well. */
export function leakedPoints({ data }: Pick<Experiment, 'data'>): number {
  return Math.round(data.leakage * data.validationSize);
}

export const DEFAULT_EXPERIMENT: Experiment = {
  version: CURRENT_VERSION,
  seed: NUMBERS.seed.default,
  data: {
    source: 'sine',
    own: null,
    trainSize: NUMBERS['data.trainSize'].default,
    validationSize: NUMBERS['data.validationSize'].default,
    testSize: NUMBERS['data.testSize'].default,
    noise: NUMBERS['data.noise'].default,
    labelNoise: 0,
    outliers: 0,
    imbalance: 0,
    leakage: 0,
    shift: 0,
    resampling: 'bootstrap',
  },
  replicas: { count: NUMBERS['replicas.count'].default, redraw: { data: true, weights: true, order: true } },
  model: {
    hidden: [24, 24],
    activation: 'tanh',
    layerNorm: false,
    inputScale: NUMBERS['model.inputScale'].default,
    initializer: 'auto',
    initialScale: 1,
    dropout: [],
  },
  objective: 'squared-error',
  loss: { huberDelta: NUMBERS['loss.huberDelta'].default, labelSmoothing: 0, focalGamma: 0, classWeights: 'none' },
  training: {
    optimizer: optimizerDefaults('adam'),
    schedule: { name: 'constant' },
    warmup: 0,
    batchSize: 'full',
    batchSchedule: { name: 'fixed' },
    l1: 0,
    l2: 0,
    weightDecay: 0,
    maxNorm: 0,
    clipValue: 0,
    clipNorm: 0,
    inputNoise: 0,
    gradientNoise: false,
    shuffle: true,
    epochs: NUMBERS['training.epochs'].default,
    haltWhenStopped: false,
  },
  stages: [],
  stopping: {
    rule: 'keras',
    policy: null,
    monitor: 'validation-loss',
    minDelta: NUMBERS['stopping.minDelta'].default,
    patience: NUMBERS['stopping.patience'].default,
    mode: 'auto',
    baseline: null,
    startFromEpoch: 0,
    restoreBestWeights: true,
  },
};
