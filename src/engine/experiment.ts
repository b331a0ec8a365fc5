/** @file The single description of an experiment: its type, its defaults, and the one door for unknown input. */
import * as v from 'valibot';
import { DATASETS, datasetOf } from '../../datasets/index.ts';
import type { Task } from '../../datasets/contract.ts';
import { OBJECTIVES, objectiveFor, type ObjectiveName } from './objectives.ts';
import { OPTIMIZERS, optimizerDefaults, type Knob, type OptimizerName, type OptimizerSettings } from './optimizers.ts';

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

/** Every number a person can set: path, limits, words. The schema and the page are both made from it. */
export const KNOBS = {
  seed: {
    label: 'seed',
    help: 'Everything random follows from it.',
    min: 0,
    max: 4294967295,
    integer: true,
    default: 7,
  },
  'data.trainSize': {
    label: 'training points',
    help: 'Points each replica learns from.',
    min: 2,
    max: 10000,
    integer: true,
    default: 20,
  },
  'data.validationSize': {
    label: 'validation points',
    help: 'Points each replica watches to decide when to stop.',
    min: 1,
    max: 10000,
    integer: true,
    default: 20,
  },
  'data.testSize': {
    label: 'test points',
    help: 'Points, shared by all replicas, on which the error is taken apart.',
    min: 16,
    max: 4096,
    integer: true,
    default: 256,
  },
  'data.noise': {
    label: 'noise σ',
    help: 'Standard deviation of the noise in the targets, or spread of the clouds.',
    min: 0,
    max: 5,
    default: 0.35,
  },
  'data.labelNoise': {
    label: 'label noise',
    help: 'Probability that a label is flipped.',
    min: 0,
    max: 0.5,
    default: 0,
  },
  'replicas.count': {
    label: 'replicas',
    help: 'Networks that train side by side.',
    min: 1,
    max: 256,
    integer: true,
    default: 32,
  },
  'model.inputScale': {
    label: 'input scale',
    help: 'Standardised inputs are multiplied by this; larger lets a small network bend faster.',
    min: 0.01,
    max: 100,
    default: 8,
  },
  'training.epochs': {
    label: 'epochs',
    help: 'Passes over the training set.',
    min: 1,
    max: 10000,
    integer: true,
    default: 400,
  },
  'training.l2': {
    label: 'L2',
    help: 'Weight of the sum of squared weights in the loss.',
    min: 0,
    max: 10,
    default: 0,
  },
  'stopping.patience': {
    label: 'patience',
    help: 'Epochs without improvement before training stops.',
    min: 0,
    max: 10000,
    integer: true,
    default: 20,
  },
  'stopping.minDelta': {
    label: 'min delta',
    help: 'Smaller changes do not count as improvement.',
    min: 0,
    max: 1000,
    default: 0.001,
  },
  'stopping.startFromEpoch': {
    label: 'start from epoch',
    help: 'Earlier epochs are ignored by the rule.',
    min: 0,
    max: 10000,
    integer: true,
    default: 0,
  },
} as const satisfies Record<string, Knob>;

export const MAX_LAYERS = 4;
export const MAX_UNITS = 64;

function number(knob: Knob) {
  const what = knob.integer ? 'a whole number' : 'a number';
  const message = `must be ${what} from ${knob.min} to ${knob.max}`;
  return v.custom<number>(
    (x) =>
      typeof x === 'number' &&
      Number.isFinite(x) &&
      x >= knob.min &&
      x <= knob.max &&
      (!knob.integer || Number.isInteger(x)),
    message,
  );
}

const flag = v.boolean('must be true or false');
function oneOf<const T extends readonly string[]>(options: T) {
  return v.picklist(options, `must be one of ${options.join(', ')}`);
}
function object<const T extends v.ObjectEntries>(entries: T) {
  return v.strictObject(entries, (issue) =>
    issue.expected === 'never'
      ? 'is not a known field; remove it'
      : issue.received === 'undefined'
        ? 'is missing; add it'
        : 'must be an object',
  );
}

function optimizer(name: OptimizerName) {
  const knobs = Object.entries<Knob>(OPTIMIZERS[name].knobs).map(([key, knob]) => [key, number(knob)] as const);
  return object({ name: v.literal(name), ...Object.fromEntries(knobs) });
}
const optimizerNames = Object.keys(OPTIMIZERS) as OptimizerName[];

const SCHEMA = object({
  version: v.literal(1, 'must be 1; a newer document needs a newer Patience'),
  seed: number(KNOBS.seed),
  data: object({
    source: oneOf([...DATASETS.map((d) => d.id), 'own']),
    own: v.nullable(
      object({
        name: v.string('must be text'),
        target: v.string('must be the name of a column'),
        task: oneOf(['regression', 'binary', 'multiclass'] as const),
        rows: number({ label: '', help: '', min: 1, max: 1e7, integer: true, default: 1 }),
        features: number({ label: '', help: '', min: 1, max: 1000, integer: true, default: 1 }),
        outputs: number({ label: '', help: '', min: 1, max: 1000, integer: true, default: 1 }),
        sha256: v.pipe(v.string('must be text'), v.regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits')),
      }),
    ),
    trainSize: number(KNOBS['data.trainSize']),
    validationSize: number(KNOBS['data.validationSize']),
    testSize: number(KNOBS['data.testSize']),
    noise: number(KNOBS['data.noise']),
    labelNoise: number(KNOBS['data.labelNoise']),
    resampling: oneOf(['bootstrap', 'disjoint'] as const),
  }),
  replicas: object({
    count: number(KNOBS['replicas.count']),
    redraw: object({ data: flag, weights: flag, order: flag }),
  }),
  model: object({
    hidden: v.pipe(
      v.array(
        number({ label: '', help: '', min: 1, max: MAX_UNITS, integer: true, default: 1 }),
        'must be a list of layer widths',
      ),
      v.maxLength(MAX_LAYERS, `must have at most ${MAX_LAYERS} layers`),
    ),
    activation: oneOf(ACTIVATIONS),
    inputScale: number(KNOBS['model.inputScale']),
  }),
  objective: oneOf(Object.keys(OBJECTIVES) as ObjectiveName[]),
  training: object({
    optimizer: v.variant('name', optimizerNames.map(optimizer), `must name one of ${optimizerNames.join(', ')}`),
    batchSize: v.custom<number | 'full'>(
      (x) => x === 'full' || (typeof x === 'number' && Number.isInteger(x) && x >= 1 && x <= 10000),
      'must be "full" or a whole number from 1 to 10000',
    ),
    shuffle: flag,
    epochs: number(KNOBS['training.epochs']),
    l2: number(KNOBS['training.l2']),
    haltWhenStopped: flag,
  }),
  stopping: object({
    rule: v.literal('keras', 'must be keras'),
    monitor: oneOf(MONITORS),
    minDelta: number(KNOBS['stopping.minDelta']),
    patience: number(KNOBS['stopping.patience']),
    mode: oneOf(['auto', 'min', 'max'] as const),
    baseline: v.custom<number | null>(
      (x) => x === null || (typeof x === 'number' && Number.isFinite(x)),
      'must be null or a finite number',
    ),
    startFromEpoch: number(KNOBS['stopping.startFromEpoch']),
    restoreBestWeights: flag,
  }),
});

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

/** One wrong field: where it is, what it holds, what it should hold. */
export interface Problem {
  path: string;
  value: unknown;
  remedy: string;
}

export type Parsed = { ok: true; experiment: Experiment } | { ok: false; problems: Problem[] };

/** Reads an unknown value as an experiment. Fields left out are an error, not a default: see `withDefaults`. */
export function parse(input: unknown): Parsed {
  const result = v.safeParse(SCHEMA, input);
  if (!result.success) {
    return {
      ok: false,
      problems: result.issues.map((issue) => ({
        path: v.getDotPath(issue) ?? '(document)',
        // For an unknown field `issue.input` is its name.
        value: issue.path ? issue.path.at(-1)?.value : issue.input,
        remedy: issue.message,
      })),
    };
  }
  const experiment = result.output as Experiment;
  const problems = contradictions(experiment);
  return problems.length === 0 ? { ok: true, experiment } : { ok: false, problems };
}

/** What each field allows alone but the fields do not allow together. */
function contradictions(e: Experiment): Problem[] {
  const found: Problem[] = [];
  const report = (path: string, value: unknown, remedy: string) => found.push({ path, value, remedy });
  if ((e.data.source === 'own') !== (e.data.own !== null)) {
    report('data.own', e.data.own, 'must describe a table exactly when data.source is "own"');
    return found;
  }
  const task = taskOf(e);
  if (!(OBJECTIVES[e.objective].tasks as readonly Task[]).includes(task)) {
    report('objective', e.objective, `does not fit the ${task} task of "${e.data.source}"; use ${objectiveFor(task)}`);
  }
  if (task === 'regression' && e.stopping.monitor === 'validation-accuracy') {
    report('stopping.monitor', e.stopping.monitor, 'needs a classification task; use validation-loss');
  }
  if (typeof e.training.batchSize === 'number' && e.training.batchSize > e.data.trainSize) {
    report(
      'training.batchSize',
      e.training.batchSize,
      `must not exceed the ${e.data.trainSize} training points; use "full"`,
    );
  }
  return found;
}

export function taskOf(experiment: Experiment): Task {
  if (experiment.data.own) return experiment.data.own.task;
  const dataset = datasetOf(experiment.data.source);
  if (!dataset) throw new Error(`data.source: there is no dataset "${experiment.data.source}"`);
  return dataset.task;
}

type Tree = Record<string, unknown>;
const isTree = (x: unknown): x is Tree => typeof x === 'object' && x !== null && !Array.isArray(x);

/** A partial document laid over another; the optimizer is taken whole, since its fields depend on its name. */
export function merge(base: unknown, over: unknown): unknown {
  if (!isTree(base) || !isTree(over)) return over;
  const out: Tree = { ...base };
  for (const [key, value] of Object.entries(over)) {
    out[key] =
      key === 'optimizer' &&
      isTree(value) &&
      value.name !== undefined &&
      value.name !== (base[key] as Tree | undefined)?.name
        ? { ...optimizerIfKnown(value.name), ...value }
        : key in base
          ? merge(base[key], value)
          : value;
  }
  return out;
}
const optimizerIfKnown = (name: unknown): Tree =>
  optimizerNames.includes(name as OptimizerName) ? optimizerDefaults(name as OptimizerName) : {};

/** The defaults with what a partial document says laid over them, and what suits its dataset between the two. */
export function withDefaults(partial: unknown): Parsed {
  const source = isTree(partial) && isTree(partial.data) ? partial.data.source : undefined;
  return parse(merge(defaultsFor(source), partial));
}

/** The defaults for one source of data, with what suits it; its own `data.source` is left for the document to say. */
export function defaultsFor(source: unknown): Experiment {
  const dataset = typeof source === 'string' ? datasetOf(source) : undefined;
  if (!dataset) return DEFAULT_EXPERIMENT;
  return suited(dataset.suggested, { ...DEFAULT_EXPERIMENT, objective: objectiveFor(dataset.task) }) as Experiment;
}

/** Lays `{ 'data.noise': 0.2, … }` over an experiment; the result still has to be parsed. */
export function suited(byPath: Readonly<Record<string, unknown>>, experiment: unknown): unknown {
  return Object.entries(byPath).reduce((e, [path, value]) => set(e, path.split('.'), value), experiment);
}

/** A copy of a tree with one value replaced; branches that are missing are made. */
export function set(tree: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const branch = isTree(tree) ? tree : {};
  return { ...branch, [key]: set(branch[key], rest, value) };
}

/** The fields in which `experiment` differs from `base`, as a partial document: what a link carries. */
export function difference(experiment: unknown, base: unknown): unknown {
  if (!isTree(experiment) || !isTree(base)) {
    return JSON.stringify(experiment) === JSON.stringify(base) ? undefined : experiment;
  }
  const out: Tree = {};
  for (const [key, value] of Object.entries(experiment)) {
    const was = base[key];
    const renamed = key === 'optimizer' && isTree(value) && isTree(was) && value.name !== was.name;
    // As in `merge`: another optimizer stands on its own defaults.
    const d = difference(value, renamed ? { ...optimizerIfKnown(value.name), name: was.name } : was);
    if (d !== undefined) out[key] = d;
  }
  return Object.keys(out).length > 0 ? out : undefined;
}
