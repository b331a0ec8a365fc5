/** @file The learning rate strip and its words. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_EXPERIMENT, type Experiment } from '../../engine/experiment/experiment.ts';
import { stageOf } from '../../engine/experiment/stages.ts';
import { haveOwnRates, lowestRate, rateText, scheduledRates, spokenRates } from './rates.ts';

/** 20 training points in batches of 10: two steps an epoch, at a rate of 0.01. */
function experiment(training: Partial<Experiment['training']>): Experiment {
  const { data } = DEFAULT_EXPERIMENT;
  return {
    ...DEFAULT_EXPERIMENT,
    data: { ...data, trainSize: 20 },
    training: { ...DEFAULT_EXPERIMENT.training, batchSize: 10, epochs: 6, ...training },
  };
}

describe('scheduledRates', () => {
  it('has nothing to show of a rate that stays', () => {
    expect(scheduledRates(experiment({}), 6)).toBeNull();
  });

  it('reads the last step of each epoch: warm-up reaches the whole rate at its last, cosine has half a step to go', () => {
    const rates = scheduledRates(experiment({ schedule: { name: 'cosine', floor: 0 }, warmup: 2 }), 6)!;
    const cosine = (progress: number) => (0.01 * (1 + Math.cos(Math.PI * progress))) / 2;
    const expected = [0.005, 0.01, ...[0.5, 1.5, 2.5, 3.5].map((gone) => cosine(gone / 4))];
    expect(rates).toEqual(Float32Array.from(expected));
  });

  it('shows a plateau, which belongs to the replicas, as the rate they begin with', () => {
    const schedule = { name: 'plateau', factor: 0.1, patience: 2, minDelta: 0, cooldown: 0, minRate: 0 } as const;
    expect(scheduledRates(experiment({ schedule }), 3)).toEqual(Float32Array.of(0.01, 0.01, 0.01));
  });
});

it.each([
  [0, '0'],
  [0.01, '0.01'],
  [0.012345, '0.0123'],
  [0.001, '0.001'],
  [0.00025, '2.5e−4'],
  [0.000254, '2.5e−4'],
  [1e-6, '1e−6'],
  [4.05e-23, '4e−23'],
  [10, '10'],
])('writes %d as %s', (rate, text) => {
  expect(rateText(rate)).toBe(text);
});

describe('with stages', () => {
  const settings = experiment({});
  const stage = (from: number, training: Partial<Experiment['training']>) =>
    stageOf({ ...settings, training: { ...settings.training, ...training } }, from);
  const staged = (...stages: Experiment['stages']): Experiment => ({ ...settings, stages });

  it('has nothing to show where they all keep the rate', () => {
    expect(scheduledRates(staged(stage(2, { l2: 0.1 })), 6)).toBeNull();
  });

  it('begins each schedule anew', () => {
    const halving = stage(2, { schedule: { name: 'exponential', factor: 0.5 } });
    const rates = scheduledRates(staged(halving), 6)!;
    expect(rates).toEqual(Float32Array.of(0.01, 0.01, 0.01, 0.005, 0.0025, 0.00125));
    expect(spokenRates(staged(halving), rates, [])).toMatch(/^Learning rate, constant, then exponential: /);
  });

  it('knows that one of them may let the replicas go apart', () => {
    const plateau = { name: 'plateau', factor: 0.1, patience: 2, minDelta: 0, cooldown: 0, minRate: 0 } as const;
    expect(haveOwnRates(staged(stage(2, { l2: 0.1 })))).toBe(false);
    expect(haveOwnRates(staged(stage(2, { schedule: plateau })))).toBe(true);
  });
});

it('remembers the lowest rate of the epochs so far, and forgets it with the tape', () => {
  const lowest = lowestRate();
  const rates = Float32Array.of(8, 4, 2, NaN, 8, 8, 1, NaN);
  expect([1, 2, 3].map((epochs) => lowest(rates, 4, epochs))).toEqual([8, 4, 1]);
  expect(lowest(rates, 4, 2)).toBe(4);
  expect(lowest(Float32Array.of(16, NaN), 2, 1)).toBe(16);
});

describe('spokenRates', () => {
  it('says schedule, beginning, top and end', () => {
    const settings = experiment({ schedule: { name: 'step', factor: 0.1, every: 2 }, warmup: 2 });
    expect(spokenRates(settings, scheduledRates(settings, 6)!, [])).toBe(
      'Learning rate, step after 2 epochs of warm-up: 0.005 at epoch 1, at most 0.01, 0.001 at epoch 6.',
    );
  });

  it('says how far apart the replicas are', () => {
    const schedule = { name: 'plateau', factor: 0.1, patience: 2, minDelta: 0, cooldown: 0, minRate: 0 } as const;
    const settings = experiment({ schedule });
    expect(spokenRates(settings, scheduledRates(settings, 6)!, [0.001, 0.01, 0.0001])).toBe(
      'Learning rate, reduce on plateau: 0.01 at epoch 1, at most 0.01, by now 1e−4 to 0.01 over the replicas.',
    );
  });
});
