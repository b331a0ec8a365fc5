/** @file Only the newest waiting request is sent. */
import { describe, expect, it } from 'vitest';
import { Latest } from './latest.ts';

/** Time that passes by hand, and questions that are answered by hand. */
function stage() {
  let time = 0;
  const timers: { at: number; run: () => void }[] = [];
  const asked: { wish: string; at: number; answer: () => void }[] = [];
  const clock = { now: () => time, later: (run: () => void, ms: number) => void timers.push({ at: time + ms, run }) };
  const ask = (wish: string) => new Promise<void>((answer) => asked.push({ wish, at: time, answer }));
  const pass = (ms: number) => {
    time += ms;
    for (const timer of timers.splice(0))
      if (timer.at <= time) timer.run();
      else timers.push(timer);
  };
  const answer = async () => {
    asked.at(-1)!.answer();
    await Promise.resolve();
    await Promise.resolve();
  };
  return { latest: new Latest(ask, clock), asked, pass, answer, wishes: () => asked.map(({ wish }) => wish) };
}

describe('Latest', () => {
  it('has one question in flight and keeps only the newest that waits', async () => {
    const { latest, pass, answer, wishes } = stage();
    latest.want('a', 0);
    pass(0);
    for (const wish of ['b', 'c', 'd']) latest.want(wish, 0);
    pass(10);
    expect(wishes()).toEqual(['a']);
    await answer();
    pass(0);
    expect(wishes()).toEqual(['a', 'd']);
    await answer();
    pass(100);
    expect(wishes()).toEqual(['a', 'd']);
  });

  it('leaves the gap after an answer, unless the newest wish has none', async () => {
    const { latest, asked, pass, answer } = stage();
    latest.want('a', 500);
    pass(0);
    pass(300);
    await answer();
    latest.want('b', 500);
    pass(499);
    expect(asked).toHaveLength(1);
    pass(1);
    expect(asked.map(({ at }) => at)).toEqual([0, 800]);
    await answer();
    latest.want('c', 500);
    latest.want('d', 0);
    pass(0);
    expect(asked.map(({ wish }) => wish)).toEqual(['a', 'b', 'd']);
  });

  it('forgets what waits when cancelled', async () => {
    const { latest, pass, answer, wishes } = stage();
    latest.want('a', 0);
    pass(0);
    latest.want('b', 0);
    latest.cancel();
    await answer();
    pass(10);
    expect(wishes()).toEqual(['a']);
  });
});
