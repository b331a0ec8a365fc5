/** @file Arbitrary valid experiments for property tests. */
import fc from 'fast-check';
import { DATASETS } from '../../../datasets/index.ts';
import type { Task } from '../../../datasets/contract.ts';
import { leakedPoints, taskOf, type Experiment, type OwnTable, type Policy, type Stage } from './experiment.ts';
import { CURRENT_VERSION } from './migrations/index.ts';
import { SETTINGS, settingsIn } from './settings/index.ts';
import { isEntry, type Entry, type Group, type NumberSetting } from './settings/kinds.ts';
import { OBJECTIVES, type ObjectiveName } from '../model/objectives.ts';
import { stageOf } from './stages.ts';
import { suited } from './tree.ts';

function within({ min, max, integer }: NumberSetting): fc.Arbitrary<number> {
  if (integer) return fc.integer({ min, max });
  // Without −0, which JSON and links write as 0.
  return fc.double({ min, max, noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
}

const ownTables: fc.Arbitrary<OwnTable> = fc.record(
  {
    name: fc.string({ unit: 'grapheme' }),
    target: fc.string({ unit: 'grapheme' }),
    task: fc.constantFrom<Task>('regression', 'binary', 'multiclass'),
    rows: fc.integer({ min: 1, max: 50_000 }),
    features: fc.integer({ min: 1, max: 100 }),
    outputs: fc.integer({ min: 1, max: 20 }),
    sha256: fc.stringMatching(/^[0-9a-f]{64}$/),
  },
  { noNullPrototype: true },
);

const gl: Policy = { rule: 'gl', monitor: 'validation-loss', alpha: 5, minProgress: null, mode: 'auto' };

/** The rule of Keras, set at will. */
const defaultRule = fc.record(
  {
    rule: fc.constant('keras'),
    monitor: fc.constantFrom('validation-loss', 'training-loss'),
    min_delta: fc.oneof(fc.constant(0.001), fc.double({ min: 0, max: 1000, noNaN: true })),
    patience: fc.nat(10_000),
    mode: fc.constantFrom('auto', 'min', 'max'),
    baseline: fc.oneof(
      fc.constant(null),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
    ),
    restore_best_weights: fc.boolean(),
    start_from_epoch: fc.nat(10_000),
  },
  { noNullPrototype: true },
);

/** Settings of a form of their own. */
const OTHERS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  'data.own': fc.option(ownTables, { freq: 1 }),
  'training.batchSize': fc.oneof(fc.constant('full' as const), fc.integer({ min: 1, max: 10000 })),
  'loss.classWeights': fc.oneof(
    fc.constantFrom('none' as const, 'balanced' as const),
    fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 5 }),
  ),
  'stopping.policy': fc.oneof(
    { weight: 3, arbitrary: defaultRule },
    fc.constantFrom<Policy>(gl, { any: [gl, { all: [gl] }] }),
  ),
};

/** Any value that a setting has alone. */
function valuesOf(entry: Entry, path: string): fc.Arbitrary<unknown> {
  switch (entry.kind) {
    case 'number':
      return within(entry);
    case 'flag':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...Object.keys(entry.registry));
    case 'named':
      return fc.constantFrom(...Object.entries(entry.registry)).chain(([name, { numbers }]) => {
        const fields = Object.entries(numbers).map(([key, setting]) => [key, within(setting)] as const);
        return fc.record(Object.fromEntries(fields)).map((values) => ({ name, ...values }));
      });
    case 'list':
      return isEntry(entry.of) ? fc.array(within(entry.of), { maxLength: 4 }) : fc.constant([]);
    default: {
      const values = OTHERS[path];
      if (!values) throw new Error(`${path}: say in OTHERS what values it has`);
      return values;
    }
  }
}

function documentsOf(group: Group, under = ''): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.entries(group).map(([key, node]) => {
    const path = under + key;
    return [key, isEntry(node) ? valuesOf(node, path) : documentsOf(node, `${path}.`)] as const;
  });
  return fc.record(Object.fromEntries(fields), { noNullPrototype: true });
}

/** Any experiment that `parse` accepts: settings that contradict one another give way. */
export const experiments: fc.Arbitrary<Experiment> = fc
  .record({
    settings: documentsOf(SETTINGS),
    source: fc.constantFrom(...DATASETS),
    staged: fc.boolean(),
    pick: fc.nat(),
  })
  .map(({ settings, source, staged, pick }) => {
    const any = { version: CURRENT_VERSION, ...settings } as unknown as Experiment;
    const e = { ...any, data: { ...any.data, source: any.data.own ? 'own' : source.id } };
    const task = taskOf(e);
    const { hidden } = e.model;
    const one = <T>(among: readonly T[]) => among[pick % among.length]!;
    const { batchSize } = e.training;
    const whole = suited(
      {
        ...withoutNeeds(task),
        objective: one(objectivesOf(task)),
        'data.leakage': leakedPoints(e) > e.data.trainSize || e.replicas.validations > 1 ? 0 : e.data.leakage,
        'model.layerNorm': e.model.layerNorm && hidden.every((units) => units > 1),
        'model.dropout': e.model.dropout.slice(0, hidden.length),
        'training.batchSize': batchSize === 'full' ? batchSize : Math.min(batchSize, e.data.trainSize),
        'training.warmup': Math.min(e.training.warmup, e.training.epochs - 1),
        'training.weightDecay': e.training.optimizer.name === 'adamw' ? 0 : e.training.weightDecay,
      },
      e,
    ) as Experiment;
    return { ...whole, stages: staged && whole.training.epochs > 1 ? [laterStage(whole)] : [] };
  });

/** What the task of an experiment has not, as by default. */
function withoutNeeds(task: Task): Record<string, unknown> {
  const needed = task === 'regression' ? 'values' : 'classes';
  const settings = settingsIn(SETTINGS).filter(({ entry: { needs } }) => needs !== undefined && needs !== needed);
  return Object.fromEntries(settings.map(({ path, entry }) => [path, entry.default]));
}

function objectivesOf(task: Task): ObjectiveName[] {
  return (Object.keys(OBJECTIVES) as ObjectiveName[]).filter((name) =>
    (OBJECTIVES[name].tasks as readonly Task[]).includes(task),
  );
}

/** From the second epoch on another penalty and other rates of dropout. */
function laterStage(experiment: Experiment): Stage {
  const { training, dropout } = stageOf(experiment, 1);
  return { from: 1, training: { ...training, l2: 0.5, warmup: 0 }, dropout: dropout.slice(1) };
}
