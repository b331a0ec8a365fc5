/** @file The job of one case: random points of its shape, the same for every contender. */
import { DEFAULT_EXPERIMENT, type Experiment } from '../../src/engine/experiment/experiment.ts';
import { layoutOf } from '../../src/engine/model/network.ts';
import { stream } from '../../src/engine/random.ts';
import type { Split } from '../../src/engine/data/replicas.ts';
import type { Job } from '../../src/engine/trainers/trainer.ts';
import type { Case } from '../matrix.ts';

const VALIDATION = 128;
const TEST = 256;

export function jobOf({ replicas: R, samples, model, batch }: Case): Job {
  const [D, ...hidden] = model.slice(0, -1) as [number, ...number[]];
  const K = model.at(-1)!;
  const numbers = stream(7, 'train', 0, 0);
  const inputs = (n: number) => Float32Array.from({ length: n * D }, () => numbers.normal());
  const targets = (n: number) =>
    Float32Array.from({ length: n }, () => (K === 1 ? numbers.normal() : numbers.integer(K)));
  const split = (size: number): Split => ({ size, x: inputs(R * size), y: targets(R * size) });
  const experiment: Experiment = {
    ...DEFAULT_EXPERIMENT,
    replicas: { ...DEFAULT_EXPERIMENT.replicas, count: R },
    model: { ...DEFAULT_EXPERIMENT.model, hidden, activation: 'tanh', inputScale: 1 },
    objective: K === 1 ? 'squared-error' : 'softmax-cross-entropy',
    training: { ...DEFAULT_EXPERIMENT.training, batchSize: batch },
  };
  return {
    experiment,
    layout: layoutOf(experiment, D, K),
    replicas: {
      count: R,
      features: D,
      outputs: K,
      train: split(samples),
      validation: split(VALIDATION),
      test: {
        size: TEST,
        x: inputs(TEST),
        target: new Float64Array(TEST * K).fill(1 / Math.max(2, K)),
        noise: new Float64Array(TEST),
        known: true,
      },
      draws: null,
      standardisation: { mean: new Float64Array(D), sd: new Float64Array(D).fill(1), scale: 1, target: null },
    },
  };
}
