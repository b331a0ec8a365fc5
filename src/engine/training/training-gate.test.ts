/** @file The gate: breathes, rests while paused, ends when given up, and keeps the clock of work alone. */
import { expect, it, vi } from 'vitest';
import { Abandoned, Valve } from './training-gate.ts';

function setUp() {
  let now = 0;
  const breathe = vi.fn(() => Promise.resolve());
  const valve = new Valve({ now: () => now, after: () => Promise.resolve() }, breathe);
  return { valve, breathe, pass: (ms: number) => (now += ms) };
}

it('lets messages in now and then, not at every step', async () => {
  const { valve, breathe, pass } = setUp();
  for (let step = 0; step < 100; step++) {
    await valve.gate(0);
    pass(1);
  }
  expect(breathe).toHaveBeenCalledTimes(9);
});

it('rests while paused, and the time at rest is not work', async () => {
  const { valve, pass } = setUp();
  pass(5);
  valve.pause();
  const through = vi.fn();
  const step = valve.gate(0).then(through);
  await Promise.resolve();
  expect(through).not.toHaveBeenCalled();
  pass(1000);
  valve.resume();
  await step;
  expect(valve.working.now()).toBe(5);
});

it('ends a run at its next step, also one at rest', async () => {
  const { valve } = setUp();
  valve.pause();
  const step = valve.gate(0);
  valve.abandon();
  await expect(step).rejects.toBeInstanceOf(Abandoned);
  await expect(valve.gate(0)).rejects.toBeInstanceOf(Abandoned);
});
