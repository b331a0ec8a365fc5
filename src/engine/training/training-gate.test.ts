/** @file The gate: lets messages in, rests while paused, ends when given up, and keeps the clock of work alone. */
import { expect, it, vi } from 'vitest';
import { Abandoned, TrainingGate } from './training-gate.ts';

function setUp() {
  let now = 0;
  const yieldToMessages = vi.fn(() => Promise.resolve());
  const gate = new TrainingGate({ now: () => now, after: () => Promise.resolve() }, yieldToMessages);
  return { gate, yieldToMessages, pass: (ms: number) => (now += ms) };
}

it('lets messages in now and then, not at every step', async () => {
  const { gate, yieldToMessages, pass } = setUp();
  for (let step = 0; step < 100; step++) {
    await gate.pass(0);
    pass(1);
  }
  expect(yieldToMessages).toHaveBeenCalledTimes(9);
});

it('rests while paused, and the time at rest is not work', async () => {
  const { gate, pass } = setUp();
  pass(5);
  gate.pause();
  const through = vi.fn();
  const step = gate.pass(0).then(through);
  await Promise.resolve();
  expect(through).not.toHaveBeenCalled();
  pass(1000);
  gate.resume();
  await step;
  expect(gate.working.now()).toBe(5);
});

it('ends a run at its next step, also one at rest', async () => {
  const { gate } = setUp();
  gate.pause();
  const step = gate.pass(0);
  gate.abandon();
  await expect(step).rejects.toBeInstanceOf(Abandoned);
  await expect(gate.pass(0)).rejects.toBeInstanceOf(Abandoned);
});
