/** @file The one door for unknown input: what an experiment must look like, field by field. */
import * as v from 'valibot';
import { DATASETS } from '../../datasets/index.ts';
import type { Task } from '../../datasets/contract.ts';
import { ACTIVATIONS, MONITORS, taskOf, type Experiment } from './experiment.ts';
import { KNOBS, MAX_LAYERS, MAX_UNITS } from './knobs.ts';
import { OBJECTIVES, objectiveFor, type ObjectiveName } from './objectives.ts';
import { OPTIMIZERS, type Knob, type OptimizerName } from './optimizers.ts';

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
