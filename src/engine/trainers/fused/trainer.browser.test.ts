/** @file The fused trainer on WebGPU. Long: one trainer on one device, opened once. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { openGpu, type Gpu } from '../../devices/gpu.ts';
import { set } from '../../experiment/tree.ts';
import { type Experiment } from '../../experiment/experiment.ts';
import { ACTIVATION_NAMES } from '../../model/activations.ts';
import type { Gate, Job } from '../trainer.ts';
import { optimizerDefaults } from '../../training/optimizers.ts';
import { initialStepSettings } from '../../training/initial-step-settings.ts';
import { scheduleDefaults } from '../../training/schedules.ts';
import { trainPlain } from '../plain/trainer.ts';
import { trainerSuite } from '../trainer-suite.testing.ts';
import { jobOf, type JobParts } from '../trainer.testing.ts';
import { FusedTrainer } from './trainer.ts';

const clock = {
  now: () => performance.now(),
  after: (ms: number) => new Promise<void>((done) => setTimeout(done, ms)),
};
const open: Gate = () => Promise.resolve();
// A software adapter takes a second or more to compile a kernel, and most random jobs need another one.
vi.setConfig({ testTimeout: 240_000 });
let gpu: Gpu;
beforeAll(async () => {
  gpu = await openGpu();
});
/** As this device is planned for. */
const create = (job: Job) => FusedTrainer.create(job, { ...gpu, clock });
/** As a graphics processor is planned for, with memory of its workgroups, which a software adapter has too. */
const createForHardware = (job: Job) => FusedTrainer.create(job, { ...gpu, software: false, clock });

async function trained(job: Job, chunks: readonly number[], make = create) {
  const trainer = await make(job);
  try {
    const parts = [];
    for (const epochs of chunks) parts.push(await trainer.advance(epochs, open));
    return {
      weights: parts.flatMap(({ weights }) => [...weights]),
      outputs: parts.flatMap(({ outputs }) => [...outputs]),
    };
  } finally {
    trainer.dispose();
  }
}

/** Largest difference of the weights after the last epoch from the reference, relative to the largest weight. */
function distance(job: Job, weights: ArrayLike<number>, epochs: number, settings = initialStepSettings(job)): number {
  const { count } = job.replicas;
  const P = job.layout.parameters;
  let worst = 0;
  for (let r = 0; r < count; r++) {
    const expected = trainPlain(job, r, epochs, settings).weights;
    const size = Math.max(...expected.map(Math.abs));
    const at = ((epochs - 1) * count + r) * P;
    expected.forEach((w, p) => (worst = Math.max(worst, Math.abs(weights[at + p]! - w) / size)));
  }
  return worst;
}

describe('every trainer', () => {
  trainerSuite(create, 40);
});

describe('every trainer, as planned for a graphics processor', () => {
  trainerSuite(createForHardware, 4);
});

describe('the shapes that need another plan', () => {
  const sgd = { optimizer: { name: 'sgd' as const, learningRate: 0.1 } };
  const limits = { clipValue: 0.3, clipNorm: 0.4, maxNorm: 0.9, weightDecay: 0.05 };
  const model = (hidden: number[], activation: Experiment['model']['activation'] = 'tanh') => ({
    hidden,
    activation,
    inputScale: 1,
  });
  const cases: [string, Partial<JobParts>][] = [
    ['parameters in storage', { model: model([64, 64]), trainSize: 20, training: { ...sgd, batchSize: 7 } }],
    ['a batch of several tiles', { model: model([16, 16]), trainSize: 150, training: { ...sgd, batchSize: 'full' } }],
    [
      'several tiles, parameters in storage, L2',
      { model: model([64, 64, 64, 64]), trainSize: 90, training: { ...sgd, batchSize: 70, l2: 0.01 } },
    ],
    ['a hundred inputs', { features: 100, trainSize: 12, model: model([9]), training: { ...sgd, batchSize: 5 } }],
    [
      'twenty classes',
      { objective: 'softmax-cross-entropy', outputs: 20, trainSize: 30, model: model([10], 'sigmoid'), training: sgd },
    ],
    ['an order that is made in storage', { trainSize: 1500, training: { ...sgd, batchSize: 500 } }],
    ['no hidden layer', { model: model([]), training: { ...sgd, batchSize: 1 } }],
    [
      'several tiles of what is drawn and limited',
      {
        features: 6,
        trainSize: 90,
        model: { ...model([9, 6], 'gelu'), dropout: [0, 0.4] },
        training: { ...sgd, ...limits, batchSize: 70, inputNoise: 0.2 },
      },
    ],
    [
      'a full batch in an order that dropout makes matter',
      { trainSize: 90, model: { ...model([16, 16]), dropout: [0.3, 0.1] }, training: { ...sgd, batchSize: 'full' } },
    ],
    [
      'limits of parameters in storage',
      { model: { ...model([64, 64]), dropout: [0.5] }, trainSize: 20, training: { ...sgd, ...limits, batchSize: 7 } },
    ],
    [
      'normalised layers in several tiles of what is drawn and limited',
      {
        features: 6,
        trainSize: 90,
        model: { ...model([9, 6], 'gelu'), layerNorm: true, dropout: [0, 0.4] },
        training: { ...sgd, ...limits, batchSize: 70, inputNoise: 0.2 },
      },
    ],
    [
      'normalised layers, parameters in storage',
      { model: { ...model([64, 64]), layerNorm: true }, trainSize: 20, training: { ...sgd, batchSize: 7 } },
    ],
    [
      'classes of different weight',
      {
        objective: 'softmax-cross-entropy',
        outputs: 5,
        loss: { classWeights: [0.5, 2, 0, 1, 3], focalGamma: 1.5, labelSmoothing: 0.1 },
        training: { ...sgd, l1: 0.01 },
      },
    ],
  ];
  it.each(cases)('%s', async (_, parts) => {
    const job = jobOf({ replicas: 2, ...parts });
    for (const make of [create, createForHardware]) {
      const { weights } = await trained(job, [2], make);
      // Float32 against float64 over at most 24 steps of plain descent.
      expect(distance(job, weights, 2)).toBeLessThan(2e-5);
    }
  });
});

it.each([create, createForHardware])(
  'takes minibatches of another size than at first, and of the first again',
  async (make) => {
    const job = jobOf({
      replicas: 2,
      trainSize: 150,
      model: { dropout: [0.2] },
      training: { optimizer: { name: 'sgd', learningRate: 0.1 }, batchSize: 3 },
    });
    const trainer = await make(job);
    const start = await trainer.snapshot();
    for (const batch of [150, 3, 70]) {
      const settings = { batch, rates: Float32Array.of(1, 0.5) };
      trainer.restore(start);
      const { weights } = await trainer.advance(1, open, settings);
      expect(distance(job, weights, 1, settings)).toBeLessThan(2e-5);
      expect((await trainer.snapshot()).step).toBe(Math.ceil(150 / batch));
    }
    trainer.dispose();
  },
);

it('draws the same for all replicas where they share their order', async () => {
  const job = jobOf({ model: { dropout: [0.5] }, training: { batchSize: 5, inputNoise: 0.3 } });
  const shared = set(job.experiment, ['replicas', 'redraw', 'order'], false) as Experiment;
  const { weights } = await trained({ ...job, experiment: shared }, [3]);
  expect(distance({ ...job, experiment: shared }, weights, 3)).toBeLessThan(2e-4);
  expect(distance(job, weights, 3)).toBeGreaterThan(1e-2);
});

it('draws the same for replicas that share their seed, of which there may be several', async () => {
  const training = { batchSize: 5, inputNoise: 0.3 };
  const sharing = { seeds: 2, validations: 2 };
  const job = jobOf({ replicas: 7, sharing, model: { dropout: [0.5] }, training });
  const { weights } = await trained(job, [3]);
  expect(distance(job, weights, 3)).toBeLessThan(2e-4);
});

it('gives the same bits however the epochs are cut, and again', async () => {
  const all = { clipNorm: 0.5, maxNorm: 1, inputNoise: 0.1, schedule: scheduleDefaults('one-cycle'), epochs: 12 };
  const normalised = { model: { layerNorm: true }, training: {} };
  for (const disturbed of [{ training: {} }, normalised, { model: { dropout: [0.2] }, training: all }]) {
    const training = { batchSize: 8, l2: 0.001, ...disturbed.training };
    const job = jobOf({ replicas: 5, trainSize: 40, ...disturbed, training });
    const whole = await trained(job, [12]);
    expect(await trained(job, [12])).toEqual(whole);
    expect(await trained(job, [1, 4, 2, 5])).toEqual(whole);
  }
});

it('gives the same bits on a device so slow that every slice is one tile of one replica', async () => {
  const training = { batchSize: 90, clipNorm: 0.5, maxNorm: 1, inputNoise: 0.1 };
  let now = 0;
  const slow = { ...clock, now: () => (now += 1e5) };
  const crawl = (slowJob: Job) => FusedTrainer.create(slowJob, { ...gpu, clock: slow });
  for (const layerNorm of [false, true]) {
    const job = jobOf({ replicas: 3, trainSize: 200, model: { dropout: [0.2, 0.4], layerNorm }, training });
    expect(await trained(job, [2], crawl)).toEqual(await trained(job, [2]));
  }
});

it('compiles once, whatever the numbers and the widths', async () => {
  // Another device, for which nothing is compiled yet.
  const fresh = await openGpu();
  const compile = vi.spyOn(fresh.device, 'createComputePipelineAsync');
  const make = (job: Job) => FusedTrainer.create(job, { ...fresh, clock });
  const base = jobOf({ model: { hidden: [3, 2], activation: 'gelu', inputScale: 1 } });
  const changed = (path: string, value: unknown): Job => ({
    ...base,
    experiment: set(base.experiment, path.split('.'), value) as Experiment,
  });
  const { name: _, ...adam } = optimizerDefaults('adam');
  const jobs = [
    base,
    changed('seed', 99),
    changed('training.l2', 0.1),
    ...['l1', 'weightDecay', 'clipValue'].map((key) => changed(`training.${key}`, 0.1)),
    changed('training.schedule', scheduleDefaults('cosine')),
    changed('training.warmup', 3),
    jobOf({ model: { hidden: [5], activation: 'gelu', inputScale: 1 } }),
    ...Object.keys(adam).map((key) => changed(`training.optimizer.${key}`, 0.5)),
  ];
  for (const job of jobs) await trained(job, [1], make);
  expect(compile).toHaveBeenCalledTimes(2);
  // What evaluates the points does not know of it.
  const disturbed = jobOf({
    model: { hidden: [3, 2], activation: 'gelu', dropout: [0.2, 0.1] },
    training: { clipNorm: 1, maxNorm: 2, inputNoise: 0.1 },
  });
  const also = (path: string, value: unknown): Job => ({
    ...disturbed,
    experiment: set(disturbed.experiment, path.split('.'), value) as Experiment,
  });
  const others = [
    disturbed,
    also('model.dropout', [0.5]),
    also('training.clipNorm', 0),
    also('training.maxNorm', 0),
    also('training.inputNoise', 0.2),
  ];
  for (const job of others) await trained(job, [1], make);
  expect(compile).toHaveBeenCalledTimes(3);
  fresh.device.destroy();
});

it('shows a replica that diverges as not finite', async () => {
  const models = ACTIVATION_NAMES.flatMap((activation) => [
    { activation, layerNorm: false },
    { activation, layerNorm: true },
  ]);
  for (const model of models) {
    const job = jobOf({ replicas: 2, model: { hidden: [6, 5], ...model, inputScale: 1 } });
    const trainer = await create(job);
    const start = await trainer.snapshot();
    const P = job.layout.parameters;
    // A single NaN in the first layer of replica 1.
    start.weights[P] = NaN;
    trainer.restore(start);
    const { outputs } = await trainer.advance(1, open);
    const own = outputs.subarray(outputs.length / 2);
    expect(own.every(Number.isNaN)).toBe(true);
    trainer.dispose();
  }
});
