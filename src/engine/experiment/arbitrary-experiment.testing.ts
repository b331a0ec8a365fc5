/** @file Arbitrary valid experiments for property tests. */
import fc from 'fast-check';
import { DATASETS } from '../../../datasets/index.ts';
import type { Task } from '../../../datasets/contract.ts';
import {
  ACTIVATIONS,
  leakedPoints,
  METRICS,
  type Experiment,
  type OwnTable,
  type Policy,
  type Stage,
} from './experiment.ts';
import { CURRENT_VERSION } from './migrations/index.ts';
import { BATCH_SCHEDULES, type BatchScheduleSettings } from '../training/batch-schedules.ts';
import { INITIALIZERS, type InitializerName } from '../model/initializers.ts';
import { DROPOUT, NUMBERS, MAX_LAYERS, MAX_UNITS } from './numbers.ts';
import { OBJECTIVES, type LossSettings, type ObjectiveName } from '../model/objectives.ts';
import { OPTIMIZERS, type NumberSetting, type OptimizerSettings } from '../training/optimizers.ts';
import { SCHEDULES, type ScheduleSettings } from '../training/schedules.ts';

function within({ min, max, integer }: NumberSetting): fc.Arbitrary<number> {
  if (integer) return fc.integer({ min, max });
  // Without −0, which JSON and links write as 0.
  return fc.double({ min, max, noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
}

/** One of the entries of a registry with any values for its numbers. */
function choices<T>(registry: Readonly<Record<string, { numbers: Record<string, NumberSetting> }>>): fc.Arbitrary<T> {
  return fc.constantFrom(...Object.entries(registry)).chain(([name, { numbers }]) => {
    const fields = Object.entries(numbers).map(([key, setting]) => [key, within(setting)]);
    return fc
      .record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<number>>)
      .map((values) => ({ name, ...values }) as T);
  });
}

/** Regression knows no classes. */
function losses(task: Task): fc.Arbitrary<LossSettings> {
  const huberDelta = within(NUMBERS['loss.huberDelta']);
  if (task === 'regression')
    return huberDelta.map((delta) => ({ huberDelta: delta, labelSmoothing: 0, focalGamma: 0, classWeights: 'none' }));
  return fc.record({
    huberDelta,
    labelSmoothing: within(NUMBERS['loss.labelSmoothing']),
    focalGamma: within(NUMBERS['loss.focalGamma']),
    classWeights: fc.oneof(
      fc.constantFrom('none' as const, 'balanced' as const),
      fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 5 }),
    ),
  });
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

const sources: fc.Arbitrary<{ source: string; own: OwnTable | null; task: Task }> = fc.oneof(
  { arbitrary: fc.constantFrom(...DATASETS).map(({ id, task }) => ({ source: id, own: null, task })), weight: 3 },
  ownTables.map((own) => ({ source: 'own', own, task: own.task })),
);

const gl: Policy = { rule: 'gl', monitor: 'validation-loss', alpha: 5, minProgress: null, mode: 'auto' };
const policies = fc.constantFrom<Policy | null>(null, gl, { any: [gl, { all: [gl] }] });

/** Any experiment that `parse` accepts. */
export const experiments: fc.Arbitrary<Experiment> = fc
  .tuple(sources, within(NUMBERS['data.trainSize']))
  .chain(([{ source, own, task }, trainSize]) =>
    fc
      .record(
        {
          version: fc.constant(CURRENT_VERSION),
          seed: within(NUMBERS.seed),
          data: fc.record({
            source: fc.constant(source),
            own: fc.constant(own),
            trainSize: fc.constant(trainSize),
            validationSize: within(NUMBERS['data.validationSize']),
            testSize: within(NUMBERS['data.testSize']),
            noise: within(NUMBERS['data.noise']),
            labelNoise: task === 'regression' ? fc.constant(0) : within(NUMBERS['data.labelNoise']),
            outliers: task === 'regression' ? within(NUMBERS['data.outliers']) : fc.constant(0),
            imbalance: task === 'regression' ? fc.constant(0) : within(NUMBERS['data.imbalance']),
            leakage: within(NUMBERS['data.leakage']),
            shift: within(NUMBERS['data.shift']),
            resampling: fc.constantFrom('bootstrap' as const, 'disjoint' as const),
          }),
          replicas: fc.record({
            count: within(NUMBERS['replicas.count']),
            redraw: fc.record({ data: fc.boolean(), weights: fc.boolean(), order: fc.boolean() }),
          }),
          model: fc.array(fc.integer({ min: 1, max: MAX_UNITS }), { maxLength: MAX_LAYERS }).chain((hidden) =>
            fc.record({
              hidden: fc.constant(hidden),
              activation: fc.constantFrom(...ACTIVATIONS),
              layerNorm: hidden.some((units) => units < 2) ? fc.constant(false) : fc.boolean(),
              inputScale: within(NUMBERS['model.inputScale']),
              initializer: fc.constantFrom(...(Object.keys(INITIALIZERS) as InitializerName[])),
              initialScale: within(NUMBERS['model.initialScale']),
              dropout: fc.array(within(DROPOUT), { maxLength: hidden.length }),
            }),
          ),
          objective: fc.constantFrom(...objectivesOf(task)),
          loss: losses(task),
          training: fc.record({
            optimizer: choices<OptimizerSettings>(OPTIMIZERS),
            schedule: choices<ScheduleSettings>(SCHEDULES),
            warmup: within(NUMBERS['training.warmup']),
            batchSize: fc.oneof(fc.constant('full' as const), fc.integer({ min: 1, max: trainSize })),
            batchSchedule: choices<BatchScheduleSettings>(BATCH_SCHEDULES),
            gradientNoise: fc.boolean(),
            shuffle: fc.boolean(),
            epochs: within(NUMBERS['training.epochs']),
            l1: within(NUMBERS['training.l1']),
            l2: within(NUMBERS['training.l2']),
            weightDecay: within(NUMBERS['training.weightDecay']),
            maxNorm: within(NUMBERS['training.maxNorm']),
            clipValue: within(NUMBERS['training.clipValue']),
            clipNorm: within(NUMBERS['training.clipNorm']),
            inputNoise: within(NUMBERS['training.inputNoise']),
            haltWhenStopped: fc.boolean(),
          }),
          staged: fc.boolean(),
          stopping: fc.record({
            rule: fc.constant('keras' as const),
            policy: policies,
            monitor: fc.constantFrom(
              ...METRICS.filter((monitor) => task !== 'regression' || monitor.endsWith('-loss')),
            ),
            minDelta: within(NUMBERS['stopping.minDelta']),
            patience: within(NUMBERS['stopping.patience']),
            mode: fc.constantFrom('auto' as const, 'min' as const, 'max' as const),
            baseline: fc.oneof(
              fc.constant(null),
              fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
            ),
            startFromEpoch: within(NUMBERS['stopping.startFromEpoch']),
            restoreBestWeights: fc.boolean(),
          }),
        },
        { noNullPrototype: true },
      )
      .map(({ training, data, staged, ...rest }) => ({
        ...rest,
        stages: staged && training.epochs > 1 ? [laterStage(training, rest.model.dropout)] : [],
        data: { ...data, leakage: leakedPoints({ data }) > trainSize ? 0 : data.leakage },
        training: {
          ...training,
          warmup: Math.min(training.warmup, training.epochs - 1),
          weightDecay: training.optimizer.name === 'adamw' ? 0 : training.weightDecay,
        },
      })),
  );

function objectivesOf(task: Task): ObjectiveName[] {
  return (Object.keys(OBJECTIVES) as ObjectiveName[]).filter((name) =>
    (OBJECTIVES[name].tasks as readonly Task[]).includes(task),
  );
}

/** From the second epoch on another penalty and other rates of dropout. */
function laterStage(training: Experiment['training'], dropout: number[]): Stage {
  const { shuffle: _, epochs: __, gradientNoise: ___, haltWhenStopped: ____, ...own } = training;
  const weightDecay = own.optimizer.name === 'adamw' ? 0 : own.weightDecay;
  return { from: 1, training: { ...own, l2: 0.5, warmup: 0, weightDecay }, dropout: dropout.slice(1) };
}
