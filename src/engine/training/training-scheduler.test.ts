/** @file Rates on a plateau as Keras's own callback sets them; batches by their rules; the course that is noted. */
import { describe, expect, it } from 'vitest';
import type { BatchScheduleSettings } from './batch-schedules.ts';
import type { Experiment } from '../experiment/experiment.ts';
import fixture from '../fixtures/plateau.json' with { type: 'json' };
import { gradientStatistics } from './gradient-noise.ts';
import { initialWeights } from '../model/network.ts';
import { initialSchedulerState, TrainingScheduler } from './training-scheduler.ts';
import type { Block } from '../record/tape.ts';
import type { Job } from '../trainers/trainer.ts';
import { jobOf } from '../trainers/trainer.testing.ts';

function observe(
  scheduler: TrainingScheduler,
  job: Job,
  epoch: number,
  validationLoss: number[],
  trainLoss = validationLoss,
) {
  const { epochs, settings } = scheduler.next(epoch, 1);
  const weights = new Float32Array(job.replicas.count * job.layout.parameters);
  for (let r = 0; r < job.replicas.count; r++)
    weights.set(initialWeights(job.layout, job.experiment, r), r * job.layout.parameters);
  const block: Block = {
    first: epoch,
    count: epochs,
    curves: { validationLoss: Float32Array.from(validationLoss), trainLoss: Float32Array.from(trainLoss) },
    predictions: new Float32Array(),
    elapsedMs: 1,
    measuringMs: 0,
  };
  scheduler.observe(block, { count: epochs, weights, outputs: new Float32Array() }, settings);
  return block.curves;
}

describe(`reduce on plateau, as ${fixture.by}`, () => {
  it.each(fixture.cases)('$name, $settings', ({ settings, losses, rates }) => {
    const job = jobOf({
      replicas: 2,
      training: {
        optimizer: { name: 'sgd', learningRate: fixture.rate },
        schedule: { name: 'plateau', ...settings },
        epochs: 100,
      },
    });
    const scheduler = new TrainingScheduler(job);
    losses.forEach((loss, epoch) => {
      // The other replica improves all the time: its rate is its own.
      observe(scheduler, job, epoch, [Number(loss), -epoch]);
      const { settings } = scheduler.next(epoch + 1, 5);
      // Keras keeps the rate in float32.
      expect(settings.rates[0]! * fixture.rate).toBeCloseTo(rates[epoch]!, 7);
      expect(settings.rates[1]).toBe(1);
    });
  });
});

describe('batch size', () => {
  const batches = (batchSchedule: BatchScheduleSettings, losses: number[], batchSize = 2) => {
    const job = jobOf({ replicas: 2, trainSize: 40, training: { batchSchedule, batchSize, epochs: 100 } });
    const scheduler = new TrainingScheduler(job);
    return losses.map((loss, epoch) => {
      const { batch } = scheduler.next(epoch, 1).settings;
      observe(scheduler, job, epoch, [loss, loss]);
      return batch;
    });
  };
  const falling = Array.from({ length: 9 }, (_, e) => 1 / (e + 1));

  it('grows every so many epochs, up to the training set, and shrinks likewise', () => {
    expect(batches({ name: 'grow', factor: 4, every: 3 }, falling)).toEqual([2, 2, 2, 8, 8, 8, 32, 32, 32]);
    expect(batches({ name: 'grow', factor: 4, every: 1 }, falling).slice(3)).toEqual(Array(6).fill(40));
    expect(batches({ name: 'grow', factor: 0.5, every: 2 }, falling, 9)).toEqual([9, 9, 5, 5, 2, 2, 1, 1, 1]);
  });

  it('adds small factors up', () => {
    expect(batches({ name: 'grow', factor: 1.2, every: 1 }, falling)).toEqual([2, 2, 3, 3, 4, 5, 6, 7, 9]);
  });

  it('changes when the mean validation loss stands still', () => {
    const losses = [1, 0.5, 0.5, 0.5, 0.4, 0.4, 0.4];
    expect(batches({ name: 'plateau', factor: 3, patience: 2, minDelta: 0 }, losses)).toEqual([2, 2, 2, 2, 6, 6, 6]);
  });

  it('takes whole stretches of epochs where nothing can change within', () => {
    const job = jobOf({
      training: { batchSchedule: { name: 'grow', factor: 2, every: 10 }, batchSize: 2, epochs: 100 },
    });
    const scheduler = new TrainingScheduler(job);
    expect(scheduler.next(0, 50).epochs).toBe(10);
    expect(scheduler.next(7, 50).epochs).toBe(3);
    expect(scheduler.next(7, 2).epochs).toBe(2);
    expect(new TrainingScheduler(jobOf()).next(0, 50).epochs).toBe(50);
  });

  /** The batch after one epoch with these settings: 20 points, of which half have the gradient −0.75, half −4.75. */
  const next = (batchSchedule: BatchScheduleSettings, training: Partial<Experiment['training']> = {}, rates = [1]) => {
    const R = rates.length;
    // The bias alone has a gradient, 2·(b − y) with b = 0: ‖ḡ‖² = 2.75², tr Σ = 4, or 4·20/19 over n − 1.
    const job = jobOf({
      ...{ replicas: R, features: 1, trainSize: 20, model: { hidden: [] } },
      training: { optimizer: { name: 'sgd', learningRate: 1 }, batchSize: 2, epochs: 100, ...training, batchSchedule },
    });
    job.replicas.train.x.fill(0);
    job.replicas.train.y.forEach((_, i, y) => (y[i] = i % 2 === 0 ? 0.375 : 2.375));
    const scheduler = new TrainingScheduler(job, { ...initialSchedulerState(R, 2), rates: Float64Array.from(rates) });
    observe(scheduler, job, 0, Array<number>(R).fill(9), Array<number>(R).fill(0.25));
    return scheduler.next(1, 1).settings.batch;
  };

  it('norm test: the smallest batch with tr Σ / b ≤ θ²·‖ḡ‖² (Byrd et al. 2012)', () => {
    expect(next({ name: 'norm-test', theta: 0.5 })).toBe(3);
    expect(next({ name: 'norm-test', theta: 0.35 })).toBe(5);
    // 4.2105 / 7.5625 = 0.557: the batch of 2 passes, and does not shrink; no batch passes with θ near 0.
    expect(next({ name: 'norm-test', theta: 0.9 })).toBe(2);
    expect(next({ name: 'norm-test', theta: 0.01 })).toBe(20);
  });

  it('CABS: η·tr Σ / L, to the nearest whole number (Balles et al. 2017)', () => {
    expect(next({ name: 'cabs' })).toBe(16);
    expect(next({ name: 'cabs' }, { optimizer: { name: 'sgd', learningRate: 0.1 } })).toBe(2);
    expect(next({ name: 'cabs' }, { optimizer: { name: 'sgd', learningRate: 0.01 } })).toBe(1);
    expect(next({ name: 'cabs' }, { optimizer: { name: 'sgd', learningRate: 2 } })).toBe(20);
    // η as the plateaus of the replicas left it: 0.5 on average.
    expect(next({ name: 'cabs' }, {}, [0.75, 0.25])).toBe(8);
  });

  it('both go by the means over the replicas', () => {
    expect(next({ name: 'norm-test', theta: 0.35 }, {}, [1, 1, 1])).toBe(5);
    const job = jobOf({ replicas: 2, trainSize: 40, training: { batchSchedule: { name: 'cabs' }, batchSize: 2 } });
    const scheduler = new TrainingScheduler(job);
    observe(scheduler, job, 0, [1, 1], [0.05, 0.15]);
    const traces = [0, 1].map(
      (r) => gradientStatistics(job, r, initialWeights(job.layout, job.experiment, r)).variance,
    );
    const wanted = ((0.01 / 0.1) * ((traces[0]! + traces[1]!) / 2) * 39) / 40;
    expect(wanted).toBeGreaterThan(1);
    expect(scheduler.next(1, 1).settings.batch).toBe(Math.round(wanted));
  });
});

it('notes the rate, the updates and, where it is measured, the noise scale', () => {
  const job = jobOf({
    replicas: 2,
    trainSize: 10,
    training: {
      optimizer: { name: 'sgd', learningRate: 0.5 },
      schedule: { name: 'exponential', factor: 0.5 },
      batchSize: 4,
      gradientNoise: true,
      epochs: 100,
    },
  });
  const scheduler = new TrainingScheduler(job);
  observe(scheduler, job, 0, [1, 1]);
  const kept = scheduler.snapshot();
  const curves = observe(scheduler, job, 1, [1, 1]);
  expect(Array.from(curves.learningRate!)).toEqual([0.25, 0.25]);
  expect(Array.from(curves.updates!)).toEqual([6, 6]);
  const { variance, square } = gradientStatistics(job, 1, initialWeights(job.layout, job.experiment, 1));
  expect(curves.gradientNoise![1]).toBe(Math.fround(variance / square));
  // A copy goes on as the original did.
  expect(observe(new TrainingScheduler(job, kept), job, 1, [1, 1])).toEqual(curves);
});
