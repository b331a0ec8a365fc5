/**
 * @file Validates unknown input as an experiment, field by field; everything from outside passes here. Long: one entry
 * for each setting.
 */
import * as v from 'valibot';
import { DATASETS } from '../../../datasets/index.ts';
import type { Task } from '../../../datasets/contract.ts';
import {
  ACTIVATIONS,
  leakedPoints,
  METRICS,
  taskOf,
  type Experiment,
  type Policy,
  type StageTraining,
} from './experiment.ts';
import { CURRENT_VERSION, versionRemedy } from './migrations/index.ts';
import { INITIALIZERS, type InitializerName } from '../model/initializers.ts';
import { BATCH_SCHEDULES, goesByNoise } from '../training/batch-schedules.ts';
import { DROPOUT, NUMBERS, MAX_LAYERS, MAX_UNITS } from './numbers.ts';
import { OBJECTIVES, objectiveFor, type ObjectiveName } from '../model/objectives.ts';
import { OPTIMIZERS, type NumberSetting } from '../training/optimizers.ts';
import { SCHEDULES } from '../training/schedules.ts';
import { isTree } from './tree.ts';

function number(setting: NumberSetting) {
  const what = setting.integer ? 'a whole number' : 'a number';
  const message = `must be ${what} from ${setting.min} to ${setting.max}`;
  return v.custom<number>(
    (x) =>
      typeof x === 'number' &&
      Number.isFinite(x) &&
      x >= setting.min &&
      x <= setting.max &&
      (!setting.integer || Number.isInteger(x)),
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

/** One of the entries of a registry with the numbers of each. */
function choice(registry: Readonly<Record<string, { numbers: Record<string, NumberSetting> }>>) {
  const options = Object.entries(registry).map(([name, { numbers }]) => {
    const fields = Object.entries(numbers).map(([key, setting]) => [key, number(setting)] as const);
    return object({ name: v.literal(name), ...Object.fromEntries(fields) });
  });
  return v.variant('name', options, `must name one of ${Object.keys(registry).join(', ')}`);
}

const DROPOUTS = v.array(number(DROPOUT), 'must be a list of rates');

/** What a stage may have of its own. */
const STAGED = {
  optimizer: choice(OPTIMIZERS),
  schedule: choice(SCHEDULES),
  warmup: number(NUMBERS['training.warmup']),
  batchSize: v.custom<number | 'full'>(
    (x) => x === 'full' || (typeof x === 'number' && Number.isInteger(x) && x >= 1 && x <= 10000),
    'must be "full" or a whole number from 1 to 10000',
  ),
  batchSchedule: choice(BATCH_SCHEDULES),
  l1: number(NUMBERS['training.l1']),
  l2: number(NUMBERS['training.l2']),
  weightDecay: number(NUMBERS['training.weightDecay']),
  maxNorm: number(NUMBERS['training.maxNorm']),
  clipValue: number(NUMBERS['training.clipValue']),
  clipNorm: number(NUMBERS['training.clipNorm']),
  inputNoise: number(NUMBERS['training.inputNoise']),
};

const SCHEMA = object({
  version: v.literal(
    CURRENT_VERSION,
    ({ input }) => versionRemedy(input) ?? `must be ${CURRENT_VERSION}; it is to be migrated before`,
  ),
  seed: number(NUMBERS.seed),
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
    trainSize: number(NUMBERS['data.trainSize']),
    validationSize: number(NUMBERS['data.validationSize']),
    testSize: number(NUMBERS['data.testSize']),
    noise: number(NUMBERS['data.noise']),
    labelNoise: number(NUMBERS['data.labelNoise']),
    outliers: number(NUMBERS['data.outliers']),
    imbalance: number(NUMBERS['data.imbalance']),
    leakage: number(NUMBERS['data.leakage']),
    shift: number(NUMBERS['data.shift']),
    resampling: oneOf(['bootstrap', 'disjoint'] as const),
  }),
  replicas: object({
    count: number(NUMBERS['replicas.count']),
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
    layerNorm: flag,
    inputScale: number(NUMBERS['model.inputScale']),
    initializer: oneOf(Object.keys(INITIALIZERS) as InitializerName[]),
    initialScale: number(NUMBERS['model.initialScale']),
    dropout: DROPOUTS,
  }),
  objective: oneOf(Object.keys(OBJECTIVES) as ObjectiveName[]),
  loss: object({
    huberDelta: number(NUMBERS['loss.huberDelta']),
    labelSmoothing: number(NUMBERS['loss.labelSmoothing']),
    focalGamma: number(NUMBERS['loss.focalGamma']),
    classWeights: v.custom<'none' | 'balanced' | number[]>(
      (x) =>
        x === 'none' ||
        x === 'balanced' ||
        (Array.isArray(x) && x.length >= 2 && x.every((w) => typeof w === 'number' && w >= 0 && w <= 1000)),
      'must be "none", "balanced" or a list of a weight from 0 to 1000 for each class',
    ),
  }),
  training: object({
    ...STAGED,
    gradientNoise: flag,
    shuffle: flag,
    epochs: number(NUMBERS['training.epochs']),
    haltWhenStopped: flag,
  }),
  stages: v.array(
    object({
      from: number({ ...NUMBERS['training.epochs'], max: 9999 }),
      training: object(STAGED),
      dropout: DROPOUTS,
    }),
    'must be a list of stages',
  ),
  stopping: object({
    rule: v.literal('keras', 'must be keras'),
    // Only its form; its rules and their settings are read by `parsePolicy`, which knows them.
    policy: v.custom<Policy | null>(
      (x) => x === null || isTree(x),
      'must be null or a policy such as {"rule": "gl", "alpha": 5}',
    ),
    monitor: oneOf(METRICS),
    minDelta: number(NUMBERS['stopping.minDelta']),
    patience: number(NUMBERS['stopping.patience']),
    mode: oneOf(['auto', 'min', 'max'] as const),
    baseline: v.custom<number | null>(
      (x) => x === null || (typeof x === 'number' && Number.isFinite(x)),
      'must be null or a finite number',
    ),
    startFromEpoch: number(NUMBERS['stopping.startFromEpoch']),
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

/**
 * Reads an unknown value as an experiment of the current version. Fields left out are an error, not a default: see
 * `withDefaults`; so is an earlier version: see `parseAnyVersion`.
 */
export function parse(input: unknown): Parsed {
  const result = v.safeParse(SCHEMA, input);
  if (!result.success) {
    const problems = result.issues.map((issue) => ({
      path: v.getDotPath(issue) ?? '(document)',
      // For an unknown field `issue.input` is its name.
      value: issue.path ? issue.path.at(-1)?.value : issue.input,
      remedy: issue.message,
    }));
    // Of a document of another version nothing else can be said.
    const ofVersion = problems.filter(({ path }) => path === 'version');
    return { ok: false, problems: ofVersion.length > 0 ? ofVersion : problems };
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
  if (task === 'regression' && !/-loss$/.test(e.stopping.monitor)) {
    report('stopping.monitor', e.stopping.monitor, 'needs a classification task; use validation-loss');
  }
  for (const name of task === 'regression' ? (['labelNoise', 'imbalance'] as const) : (['outliers'] as const)) {
    const remedy = task === 'regression' ? 'needs classes, and' : 'needs a target that is a number, not a class, and';
    if (e.data[name] > 0) report(`data.${name}`, e.data[name], `${remedy} "${e.data.source}" has none; use 0`);
  }
  if (e.model.layerNorm && e.model.hidden.some((units) => units < 2)) {
    report(
      'model.layerNorm',
      true,
      'needs two units at least in each layer of model.hidden; widen it, or switch this off',
    );
  }
  if (leakedPoints(e) > e.data.trainSize) {
    report(
      'data.leakage',
      e.data.leakage,
      `puts ${leakedPoints(e)} validation points into data.trainSize ${e.data.trainSize}; use less, or more training points`,
    );
  }
  if (task === 'regression') {
    for (const name of ['labelSmoothing', 'focalGamma'] as const)
      if (e.loss[name] > 0)
        report(`loss.${name}`, e.loss[name], `needs classes, and "${e.data.source}" has none; use 0`);
    if (e.loss.classWeights !== 'none')
      report('loss.classWeights', e.loss.classWeights, `needs classes, and "${e.data.source}" has none; use "none"`);
  }
  checkTraining(e, e.training, e.model.dropout, { path: 'training', dropoutPath: 'model.dropout', from: 0 }, report);
  e.stages.forEach((stage, i) => {
    const path = `stages.${i}`;
    const before = e.stages[i - 1]?.from ?? 0;
    if (stage.from <= before)
      report(`${path}.from`, stage.from, `must be more than ${before}, where the one before begins`);
    checkTraining(
      e,
      stage.training,
      stage.dropout,
      { path: `${path}.training`, dropoutPath: `${path}.dropout`, from: stage.from },
      report,
    );
  });
  return found;
}

/** The settings of a stage, or of the beginning. */
function checkTraining(
  { data, model, training: { epochs } }: Experiment,
  { optimizer, weightDecay, warmup, batchSchedule, batchSize }: StageTraining,
  dropout: readonly number[],
  { path, dropoutPath, from }: { path: string; dropoutPath: string; from: number },
  report: (path: string, value: unknown, remedy: string) => void,
): void {
  if (dropout.length > model.hidden.length)
    report(dropoutPath, dropout, `has more rates than the ${model.hidden.length} hidden layers; leave some out`);
  if (optimizer.name === 'adamw' && weightDecay > 0)
    report(`${path}.weightDecay`, weightDecay, 'must be 0 with AdamW, whose own weight decay is set beside it');
  if (from + warmup >= epochs) report(`${path}.warmup`, warmup, `must end before the ${epochs} epochs of training do`);
  if (goesByNoise(batchSchedule) && data.trainSize < 2)
    report(`${path}.batchSchedule`, batchSchedule.name, 'needs two training points at least; use fixed');
  if (typeof batchSize === 'number' && batchSize > data.trainSize)
    report(`${path}.batchSize`, batchSize, `must not exceed the ${data.trainSize} training points; use "full"`);
}
