/** @file Arbitrary valid experiments for property tests. */
import fc from 'fast-check';
import { DATASETS } from '../../datasets/index.ts';
import type { Task } from '../../datasets/contract.ts';
import { ACTIVATIONS, MONITORS, type Experiment, type OwnTable } from './experiment.ts';
import { KNOBS, MAX_LAYERS, MAX_UNITS } from './knobs.ts';
import { OBJECTIVES, type ObjectiveName } from './objectives.ts';
import { OPTIMIZERS, type Knob, type OptimizerName, type OptimizerSettings } from './optimizers.ts';

function within({ min, max, integer }: Knob): fc.Arbitrary<number> {
  if (integer) return fc.integer({ min, max });
  // Without −0, which JSON and links write as 0.
  return fc.double({ min, max, noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
}

function optimizers(): fc.Arbitrary<OptimizerSettings> {
  return fc.constantFrom(...(Object.keys(OPTIMIZERS) as OptimizerName[])).chain((name) => {
    const knobs = Object.entries<Knob>(OPTIMIZERS[name].knobs).map(([key, knob]) => [key, within(knob)]);
    return fc
      .record(Object.fromEntries(knobs) as Record<string, fc.Arbitrary<number>>)
      .map((values) => ({ name, ...values }) as OptimizerSettings);
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

/** Any experiment that `parse` accepts. */
export const experiments: fc.Arbitrary<Experiment> = fc
  .tuple(sources, within(KNOBS['data.trainSize']))
  .chain(([{ source, own, task }, trainSize]) =>
    fc.record(
      {
        version: fc.constant(1 as const),
        seed: within(KNOBS.seed),
        data: fc.record({
          source: fc.constant(source),
          own: fc.constant(own),
          trainSize: fc.constant(trainSize),
          validationSize: within(KNOBS['data.validationSize']),
          testSize: within(KNOBS['data.testSize']),
          noise: within(KNOBS['data.noise']),
          labelNoise: within(KNOBS['data.labelNoise']),
          resampling: fc.constantFrom('bootstrap' as const, 'disjoint' as const),
        }),
        replicas: fc.record({
          count: within(KNOBS['replicas.count']),
          redraw: fc.record({ data: fc.boolean(), weights: fc.boolean(), order: fc.boolean() }),
        }),
        model: fc.record({
          hidden: fc.array(fc.integer({ min: 1, max: MAX_UNITS }), { maxLength: MAX_LAYERS }),
          activation: fc.constantFrom(...ACTIVATIONS),
          inputScale: within(KNOBS['model.inputScale']),
        }),
        objective: fc.constantFrom(...objectivesOf(task)),
        training: fc.record({
          optimizer: optimizers(),
          batchSize: fc.oneof(fc.constant('full' as const), fc.integer({ min: 1, max: trainSize })),
          shuffle: fc.boolean(),
          epochs: within(KNOBS['training.epochs']),
          l2: within(KNOBS['training.l2']),
          haltWhenStopped: fc.boolean(),
        }),
        stopping: fc.record({
          rule: fc.constant('keras' as const),
          monitor: fc.constantFrom(
            ...MONITORS.filter((monitor) => task !== 'regression' || monitor !== 'validation-accuracy'),
          ),
          minDelta: within(KNOBS['stopping.minDelta']),
          patience: within(KNOBS['stopping.patience']),
          mode: fc.constantFrom('auto' as const, 'min' as const, 'max' as const),
          baseline: fc.oneof(
            fc.constant(null),
            fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
          ),
          startFromEpoch: within(KNOBS['stopping.startFromEpoch']),
          restoreBestWeights: fc.boolean(),
        }),
      },
      { noNullPrototype: true },
    ),
  );

function objectivesOf(task: Task): ObjectiveName[] {
  return (Object.keys(OBJECTIVES) as ObjectiveName[]).filter((name) =>
    (OBJECTIVES[name].tasks as readonly Task[]).includes(task),
  );
}
