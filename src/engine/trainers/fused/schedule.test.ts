/** @file What the optimizers of the kernel are told at each step. */
import { describe, expect, it } from 'vitest';
import { optimizerDefaults } from '../../training/optimizers.ts';
import { rateAt, scheduleDefaults } from '../../training/schedules.ts';
import { nadamMomenta } from '../plain/optimizer.ts';
import { jobOf } from '../trainer.testing.ts';
import { scheduleOf } from './schedule.ts';

it('has the scheduled rate of every step', () => {
  const { experiment } = jobOf({ training: { schedule: scheduleDefaults('one-cycle'), warmup: 2, epochs: 9 } });
  const schedule = scheduleOf(experiment, 1, 4, 5, 3);
  for (let s = 0; s < 15; s++) {
    expect(schedule[4 * s]).toBe(Math.fround(rateAt(experiment, 1 + Math.floor(s / 3), s % 3, 3)));
  }
});

describe('Nadam', () => {
  // 0.9999: at 7001 steps 1 − β₂ᵗ still counts, the product of the momenta long since does not.
  it.each([0.9, 0.9999])('carries the product of its momenta along, β₁ %f', (beta1) => {
    const optimizer = { ...optimizerDefaults('nadam'), beta1, beta2: 0.999 } as const;
    const { experiment } = jobOf({ training: { optimizer } });
    for (const first of [1, 2, 30, 7001]) {
      const schedule = scheduleOf(experiment, 0, first, 2, 3);
      for (let s = 0; s < 6; s++) {
        const { now, next, product, nextProduct } = nadamMomenta(beta1, first + s);
        const expected = [next / (1 - nextProduct), 1 / (1 - 0.999 ** (first + s)), (1 - now) / (1 - product)];
        expect([...schedule.subarray(4 * s + 1, 4 * s + 4)]).toEqual(expected.map(Math.fround));
      }
    }
  });
});
