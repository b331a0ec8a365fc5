/** @file A search in slices: progress, the end, and giving it up. */
import { describe, expect, it } from 'vitest';
import { carryOut } from './rule-finder.ts';

/** Work of so many steps that each take 3 ms on a clock that only runs by hand. */
function stage(steps: number) {
  let time = 0;
  let due: (() => void)[] = [];
  let done = 0;
  const heard: number[] = [];
  const pauses: number[] = [];
  const work = {
    get done() {
      return done === steps;
    },
    get progress() {
      return done / steps;
    },
    next() {
      time += 3;
      done++;
    },
  };
  const clock = {
    now: () => time,
    later: (run: () => void, ms: number) => {
      due.push(run);
      pauses.push(ms);
    },
  };
  const turn = () => {
    const [now] = due;
    due = due.slice(1);
    now?.();
    return now !== undefined;
  };
  return { heard, pauses, turn, done: () => done, stop: carryOut(work, (share) => heard.push(share), clock) };
}

describe('carryOut', () => {
  it('works in slices that end with the step beyond 8 ms, and pauses between them', () => {
    const { heard, pauses, turn, done } = stage(7);
    expect(done()).toBe(0);
    while (turn());
    // Three steps reach 9 ms.
    expect(heard).toEqual([3 / 7, 6 / 7, 1]);
    expect(pauses.slice(1).every((ms) => ms > 0)).toBe(true);
  });

  it('does no more, and says nothing more, once it is given up', () => {
    const { heard, turn, done, stop } = stage(7);
    turn();
    stop();
    while (turn());
    expect([done(), heard]).toEqual([3, [3 / 7]]);
  });
});
