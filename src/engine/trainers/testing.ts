/** @file Small random jobs for the tests of the trainers. */
import fc from 'fast-check';
import { ACTIVATIONS, DEFAULT_EXPERIMENT, type Experiment } from '../experiment.ts';
import { layoutOf } from '../network.ts';
import type { ObjectiveName } from '../objectives.ts';
import { optimizerDefaults } from '../optimizers.ts';
import { stream } from '../random.ts';
import type { Replicas, Split } from '../replicas.ts';
import type { Job } from '../trainer.ts';

export interface JobParts {
  seed: number;
  replicas: number;
  features: number;
  outputs: number;
  objective: ObjectiveName;
  trainSize: number;
  model: Experiment['model'];
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
    y: objective === 'squared-error' ? normals(R * size) : labels(R * size),
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
    standardisation: { mean: new Float64Array(D), sd: new Float64Array(D).fill(1), scale: 1, target: null },
  };
  const experiment: Experiment = {
    ...DEFAULT_EXPERIMENT,
    seed,
    replicas: { ...DEFAULT_EXPERIMENT.replicas, count: R },
    model: { ...DEFAULT_EXPERIMENT.model, hidden: [5, 4], ...parts.model },
    objective,
    training: { ...DEFAULT_EXPERIMENT.training, ...parts.training },
  };
  return { experiment, replicas, layout: layoutOf(experiment, D, K) };
}

const SHAPES: fc.Arbitrary<{ objective: ObjectiveName; outputs: number }> = fc.oneof(
  fc.constant({ objective: 'squared-error' as const, outputs: 1 }),
  fc.constant({ objective: 'binary-cross-entropy' as const, outputs: 1 }),
  fc.integer({ min: 2, max: 4 }).map((outputs) => ({ objective: 'softmax-cross-entropy' as const, outputs })),
);

/** Jobs of every depth, activation, objective, optimizer and batch size. */
export const JOBS: fc.Arbitrary<Job> = fc
  .record({
    seed: fc.nat(1e6),
    replicas: fc.integer({ min: 1, max: 4 }),
    features: fc.integer({ min: 1, max: 3 }),
    shape: SHAPES,
    trainSize: fc.integer({ min: 2, max: 13 }),
    hidden: fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 4 }),
    activation: fc.constantFrom(...ACTIVATIONS),
    optimizer: fc.constantFrom('sgd', 'momentum', 'adam').map((name) => optimizerDefaults(name)),
    batchSize: fc.oneof(fc.constant('full' as const), fc.integer({ min: 1, max: 13 })),
    shuffle: fc.boolean(),
    l2: fc.constantFrom(0, 0.01),
  })
  .map(({ shape, hidden, activation, optimizer, batchSize, shuffle, l2, ...parts }) =>
    jobOf({
      ...parts,
      ...shape,
      model: { hidden, activation, inputScale: 1 },
      training: { optimizer, batchSize, shuffle, l2 },
    }),
  );
