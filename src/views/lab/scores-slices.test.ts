/** @file Work in slices, with a timer moved by hand. */
import { expect, it } from 'vitest';
import { inSlices } from './scores-slices.ts';

it('waits whenever a slice is used up, and carries the work to its end', async () => {
  let time = 0;
  let steps = 0;
  const waitedAt: number[] = [];
  function* work(): Generator<void, string> {
    for (; steps < 7; steps++) {
      time += 2;
      yield;
    }
    return 'done';
  }
  const clock = {
    now: () => time,
    later: (run: () => void) => {
      waitedAt.push(time);
      queueMicrotask(run);
    },
  };
  expect(await inSlices(work(), clock)).toBe('done');
  // Slices of 5 ms, with steps of 2 ms: after every third step.
  expect(waitedAt).toEqual([6, 12]);
});

it('passes on what the work throws', async () => {
  // eslint-disable-next-line require-yield
  function* work(): Generator<void, never> {
    throw new Error('no');
  }
  await expect(inSlices(work(), { now: () => 0, later: (run) => run() })).rejects.toThrow('no');
});
