/** @file Small random jobs for the tests of the trainers. */
import fc from 'fast-check';
import { DEFAULT_EXPERIMENT, type Experiment } from '../experiment/experiment.ts';
import { ACTIVATION_NAMES } from '../model/activations.ts';
import { layoutOf } from '../model/network.ts';
import { classifies, type ObjectiveName } from '../model/objectives.ts';
import { optimizerDefaults, OPTIMIZERS, type OptimizerName, type OptimizerSettings } from '../training/optimizers.ts';
import { stream } from '../random.ts';
import type { Replicas, Split } from '../data/replicas.ts';
import { scheduleDefaults, SCHEDULES, type ScheduleName } from '../training/schedules.ts';
import type { Job } from './trainer.ts';

export interface JobParts {
  seed: number;
  replicas: number;
  features: number;
  outputs: number;
  objective: ObjectiveName;
  trainSize: number;
  /** Seeds for each training set, validation sets for each training: see draws.ts. */
  sharing: Pick<Experiment['replicas'], 'seeds' | 'validations'>;
  model: Partial<Experiment['model']>;
  loss: Partial<Experiment['loss']>;
  training: Partial<Experiment['training']>;
}

/** Normal inputs; normal targets or random labels. The experiment's data section plays no part. */
export function jobOf(parts: Partial<JobParts> = {}): Job {
  const {
    seed = 7,
    replicas: R = 3,
    features: D = 2,
    outputs: K = 1,
    objective = 'squared-error',
    trainSize = 12,
  } = parts;
  const numbers = stream(seed, 'train', 0, 0);
  const normals = (n: number) => Float32Array.from({ length: n }, () => numbers.normal());
  const labels = (n: number) => Float32Array.from({ length: n }, () => numbers.integer(Math.max(2, K)));
  const split = (size: number): Split => ({
    size,
    x: normals(R * size * D),
    y: classifies(objective) ? labels(R * size) : normals(R * size),
  });
  const points = 16;
  const replicas: Replicas = {
    count: R,
    features: D,
    outputs: K,
    train: split(trainSize),
    validation: split(9),
    test: {
      size: points,
      x: normals(points * D),
      target: new Float64Array(points * K).fill(1 / Math.max(2, K)),
      noise: new Float64Array(points).fill(0.25),
      known: true,
    },
    draws: null,
    standardisation: { mean: new Float64Array(D), sd: new Float64Array(D).fill(1), scale: 1, target: null },
  };
  const experiment: Experiment = {
    ...DEFAULT_EXPERIMENT,
    seed,
    replicas: { ...DEFAULT_EXPERIMENT.replicas, count: R, ...parts.sharing },
    model: { ...DEFAULT_EXPERIMENT.model, hidden: [5, 4], ...parts.model },
    objective,
    loss: { ...DEFAULT_EXPERIMENT.loss, ...parts.loss },
    training: { ...DEFAULT_EXPERIMENT.training, ...parts.training },
  };
  return { experiment, replicas, layout: layoutOf(experiment, D, K) };
}

const SHAPES: fc.Arbitrary<{ objective: ObjectiveName; outputs: number }> = fc.oneof(
  fc
    .constantFrom('squared-error' as const, 'huber' as const, 'absolute-error' as const)
    .map((objective) => ({ objective, outputs: 1 })),
  fc.constant({ objective: 'binary-cross-entropy' as const, outputs: 1 }),
  fc.integer({ min: 2, max: 4 }).map((outputs) => ({ objective: 'softmax-cross-entropy' as const, outputs })),
);

/** A wide ε keeps the step smooth where a gradient is rounding noise. */
const OPTIMIZER: fc.Arbitrary<OptimizerSettings> = fc
  .constantFrom(...(Object.keys(OPTIMIZERS) as OptimizerName[]))
  .map((name) => optimizerDefaults(name))
  .map((settings) => ('epsilon' in settings ? { ...settings, epsilon: 0.01 } : settings));

const SCHEDULE = fc.constantFrom(...(Object.keys(SCHEDULES) as ScheduleName[])).map((name) => scheduleDefaults(name));

/** Mostly off. */
const some = <T>(off: T, ...on: T[]) => fc.oneof({ weight: 2, arbitrary: fc.constant(off) }, fc.constantFrom(...on));

/** Jobs of every depth, activation, objective, optimizer, batch size and everything else that shapes a step. */
export const JOBS: fc.Arbitrary<Job> = fc
  .record({
    seed: fc.nat(1e6),
    replicas: fc.integer({ min: 1, max: 4 }),
    features: fc.integer({ min: 1, max: 5 }),
    shape: SHAPES,
    trainSize: fc.integer({ min: 2, max: 13 }),
    sharing: some({ seeds: 1, validations: 1 }, { seeds: 2, validations: 1 }, { seeds: 1, validations: 2 }),
    model: fc.record({
      hidden: fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 4 }),
      activation: fc.constantFrom(...ACTIVATION_NAMES),
      initializer: fc.constantFrom('auto' as const, 'orthogonal' as const),
      rates: some<number[]>([], [0.5], [0.2, 0.6]),
      layerNorm: some(false, true),
    }),
    loss: fc.record({
      huberDelta: fc.constantFrom(0.3, 1),
      labelSmoothing: some(0, 0.1),
      focalGamma: some(0, 0.5, 2),
      classWeights: some<'none' | 'balanced'>('none', 'balanced'),
    }),
    training: fc.record({
      optimizer: OPTIMIZER,
      schedule: SCHEDULE,
      warmup: some(0, 2),
      batchSize: fc.oneof(fc.constant('full' as const), fc.integer({ min: 1, max: 13 })),
      shuffle: fc.boolean(),
      l1: some(0, 0.01),
      l2: some(0, 0.01),
      weightDecay: some(0, 0.1),
      maxNorm: some(0, 0.8),
      clipValue: some(0, 0.1),
      clipNorm: some(0, 0.2),
      inputNoise: some(0, 0.3),
    }),
  })
  .map(({ shape, model: { rates, ...model }, loss, training, ...parts }) =>
    jobOf({
      ...parts,
      ...shape,
      model: {
        ...model,
        inputScale: 1,
        dropout: rates.slice(0, model.hidden.length),
        layerNorm: model.layerNorm && model.hidden.every((units) => units > 1),
      },
      loss: classifies(shape.objective) ? loss : { huberDelta: loss.huberDelta },
      training: {
        ...training,
        // Lion's second step would follow the sign of what rounding left of the first.
        batchSize: training.optimizer.name === 'lion' ? 'full' : training.batchSize,
        weightDecay: training.optimizer.name === 'adamw' ? 0 : training.weightDecay,
      },
    }),
  );
