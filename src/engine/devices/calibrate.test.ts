/** @file The timing of a trainer: one slow sample on a busy machine does not decide. */
import { expect, it } from 'vitest';
import type { Clock } from '../clock.ts';
import type { Gate, Job, Trainer } from '../trainers/trainer.ts';
import { calibrate } from './calibrate.ts';

const job = { replicas: { count: 32 } } as unknown as Job;

/** A trainer that takes these ms for each epoch of its calls, one after the other, the last for all further ones. */
function trainerOf(perEpoch: number[]): { trainer: Trainer; clock: Clock; calls: number[] } {
  let now = 0;
  const calls: number[] = [];
  const trainer = {
    advance: async (epochs: number, gate: Gate) => {
      const ms = perEpoch[Math.min(calls.length, perEpoch.length - 1)]!;
      calls.push(epochs);
      for (let done = 1; done <= epochs; done++) {
        now += ms;
        await gate(done);
      }
    },
  };
  return { trainer: trainer as unknown as Trainer, clock: { now: () => now } as unknown as Clock, calls };
}

it.each([
  ['first', [2, 10, 2, 2]],
  ['second', [2, 2, 10, 2]],
  ['last', [2, 2, 2, 40]],
])('leaves a disturbed sample out, also the %s', async (_, perEpoch) => {
  const { trainer, clock } = trainerOf(perEpoch);
  // 32 replicas in 2 ms.
  expect(await calibrate(trainer, job, clock)).toBeCloseTo(16_000, 6);
});

it('judges what is too slow by what it managed, without asking again', async () => {
  const { trainer, clock, calls } = trainerOf([30, 400]);
  expect(await calibrate(trainer, job, clock)).toBeCloseTo(80, 6);
  expect(calls).toEqual([1, 2]);
});
