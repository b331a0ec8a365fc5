/** @file Rates on a plateau as Keras's own callback sets them; batches by their rules; the course that is noted. */
import { describe, expect, it } from 'vitest';
import type { BatchScheduleSettings } from './batch-schedules.ts';
import fixture from '../fixtures/plateau.json' with { type: 'json' };
import { gradientStatistics } from './gradient-noise.ts';
import { initialWeights } from '../model/network.ts';
import { TrainingScheduler } from './training-scheduler.ts';
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

  it('norm test and CABS: what their formulas ask for', () => {
    const training = { optimizer: { name: 'sgd' as const, learningRate: 2 }, batchSize: 2, epochs: 100 };
    const asked = (batchSchedule: BatchScheduleSettings, of: (variance: number, square: number) => number) => {
      const job = jobOf({ replicas: 2, trainSize: 40, training: { ...training, batchSchedule } });
      const scheduler = new TrainingScheduler(job);
      observe(scheduler, job, 0, [1, 1], [0.5, 1.5]);
      const noises = [0, 1].map((r) => gradientStatistics(job, r, initialWeights(job.layout, job.experiment, r)));
      const mean = (key: 'variance' | 'square') => (noises[0]![key] + noises[1]![key]) / 2;
      const wanted = of(mean('variance'), mean('square'));
      expect(scheduler.next(1, 1).settings.batch).toBe(Math.min(40, Math.max(1, Math.round(wanted))));
      return wanted;
    };
    expect(asked({ name: 'norm-test', theta: 0.7 }, (v, s) => Math.max(2, v / (0.49 * s)))).toBeGreaterThan(0);
    expect(asked({ name: 'cabs' }, (v) => (2 * v) / 1)).toBeGreaterThan(0);
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
