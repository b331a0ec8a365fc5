/** @file The learning-rate schedules at the steps where their definitions say the rate outright. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DEFAULT_EXPERIMENT } from '../experiment/experiment.ts';
import { rateAt, scheduleDefaults, SCHEDULES, type ScheduleName, type ScheduleSettings } from './schedules.ts';

const RATE = DEFAULT_EXPERIMENT.training.optimizer.learningRate;
const STEPS = 4;

/** Share of the rate at a step of a run of 100 epochs of four steps. */
const share = (schedule: ScheduleSettings, epoch: number, place = 0, warmup = 0) =>
  rateAt(
    { stages: [], training: { ...DEFAULT_EXPERIMENT.training, schedule, warmup, epochs: 100 } },
    epoch,
    place,
    STEPS,
  ) / RATE;

it('step: drops between epochs, by the factor each time', () => {
  const step: ScheduleSettings = { name: 'step', factor: 0.5, every: 10 };
  expect([0, 9, 10, 25].map((epoch) => share(step, epoch, 3))).toEqual([1, 1, 0.5, 0.25]);
});

it('exponential: the factor to the power of the epochs', () => {
  expect(share({ name: 'exponential', factor: 0.9 }, 7, 2)).toBeCloseTo(0.9 ** 7, 14);
});

it('cosine: whole, half way between at the middle, the floor at the end', () => {
  const cosine: ScheduleSettings = { name: 'cosine', floor: 0.2 };
  expect(share(cosine, 0)).toBe(1);
  expect(share(cosine, 50)).toBeCloseTo(0.6, 14);
  expect(share(cosine, 25, 2)).toBeCloseTo(0.2 + 0.4 * (1 + Math.cos((Math.PI * 25.5) / 100)), 14);
  expect(share(cosine, 100)).toBeCloseTo(0.2, 14);
});

it('one-cycle: from its start over the whole rate to its end', () => {
  const cycle: ScheduleSettings = { name: 'one-cycle', rise: 0.4, start: 0.1, end: 0.01 };
  expect(share(cycle, 0)).toBeCloseTo(0.1, 14);
  expect(share(cycle, 20)).toBeCloseTo(0.55, 14);
  expect(share(cycle, 40)).toBeCloseTo(1, 14);
  expect(share(cycle, 70)).toBeCloseTo(0.505, 14);
  expect(share(cycle, 100)).toBeCloseTo(0.01, 14);
});

it('warm-up: in equal parts to the whole rate, then the schedule from its beginning', () => {
  const constant = scheduleDefaults('constant');
  const steps = [0, 1, 2].flatMap((epoch) => [0, 1, 2, 3].map((place) => share(constant, epoch, place, 2)));
  steps.forEach((value, i) => expect(value).toBeCloseTo(Math.min(1, (i + 1) / 8), 14));
  const cosine: ScheduleSettings = { name: 'cosine', floor: 0 };
  expect(share(cosine, 20, 0, 20)).toBe(1);
  expect(share(cosine, 60, 0, 20)).toBeCloseTo(0.5, 14);
});

it('is never above the rate nor below zero', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...(Object.keys(SCHEDULES) as ScheduleName[])),
      fc.nat(120),
      fc.nat(STEPS - 1),
      fc.nat(30),
      (name, epoch, place, warmup) => {
        const value = share(scheduleDefaults(name), epoch, place, warmup);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
      },
    ),
  );
});
