/** @file The reference's learning rates against those that the other trainers take: two ways to count the same time. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DEFAULT_EXPERIMENT } from '../../experiment/experiment.ts';
import { rateAt, scheduleDefaults, SCHEDULES, type ScheduleName } from '../../training/schedules.ts';
import { scheduledRate } from './schedule.ts';

it('is the same rate at every step of every schedule, also after the last epoch and in a stage', () => {
  fc.assert(
    fc.property(
      fc.record({
        name: fc.constantFrom(...(Object.keys(SCHEDULES) as ScheduleName[])),
        warmup: fc.nat(30),
        epochs: fc.integer({ min: 1, max: 200 }),
        from: fc.nat(50),
        gone: fc.nat(250),
        steps: fc.integer({ min: 1, max: 20 }),
        place: fc.nat(19),
      }),
      ({ name, warmup, epochs, from, gone, steps, place }) => {
        const training = { ...DEFAULT_EXPERIMENT.training, schedule: scheduleDefaults(name), warmup, epochs };
        const staged = { training, stages: [{ from, training, dropout: [] }] };
        const at = [from + gone, place % steps, steps] as const;
        // Both in float64: ½·(1 + cos) and cos² part by some roundings of 1.
        const rate = training.optimizer.learningRate;
        expect(Math.abs(scheduledRate(staged, ...at) - rateAt(staged, ...at))).toBeLessThan(10 * 2 ** -52 * rate);
      },
    ),
  );
});
