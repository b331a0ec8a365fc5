import { describe, expect, it } from 'vitest';
import { DEFAULT_EXPERIMENT } from '../engine/experiment.ts';
import { curvesOf, Tape } from '../engine/tape.ts';
import { Landscape } from '../stopping/landscape.ts';
import { LandscapeScheduler, type LandscapeSettings } from './landscape-scheduler.ts';

const settings: LandscapeSettings = DEFAULT_EXPERIMENT.stopping;

/** A tape of 4 replicas whose validation loss falls, then rises, each with its own wiggle. */
function tapeOf(epochs: number, room = 200): Tape {
  const tape = new Tape({ replicas: 4, epochs: room, points: 1, outputs: 1, classification: false });
  grow(tape, epochs);
  return tape;
}

function grow(tape: Tape, count: number): void {
  const first = tape.length;
  const loss = Float32Array.from({ length: count * 4 }, (_, i) => {
    const e = first + Math.floor(i / 4);
    return 0.2 + (e / 100 - 0.5) ** 2 + 0.02 * Math.sin(e * (1 + (i % 4)));
  });
  const curves = Object.fromEntries(curvesOf(tape.shape).map((name) => [name, loss]));
  tape.append({ first, count, curves, predictions: new Float32Array(count * 4), elapsedMs: 1 });
}

/** A clock that only runs by hand: reading it costs 2 ms, so that a slice of 5 ms holds three rows at most. */
function handClock() {
  let time = 0;
  let queue: { at: number; run: () => void }[] = [];
  return {
    now: () => (time += 2),
    later: (run: () => void, ms: number) => void queue.push({ at: time + ms, run }),
    get time() {
      return time;
    },
    /** Runs what is due until nothing is left or the time is over; returns the number of calls. */
    run(until = Infinity): number {
      let calls = 0;
      for (;;) {
        queue.sort((a, b) => a.at - b.at);
        const next = queue[0];
        if (!next || next.at > until) return calls;
        queue = queue.slice(1);
        time = Math.max(time, next.at);
        next.run();
        calls++;
      }
    },
  };
}

function stage() {
  const published: (Landscape | null)[] = [];
  const clock = handClock();
  return { published, clock, scheduler: new LandscapeScheduler((l) => published.push(l), clock) };
}

describe('LandscapeScheduler', () => {
  it('publishes what computing at one go gives, in many slices', () => {
    const { published, clock, scheduler } = stage();
    const tape = tapeOf(150);
    scheduler.want(tape, settings, false);
    expect(published).toEqual([]);
    expect(clock.run()).toBeGreaterThan(10);
    const whole = new Landscape(tape, DEFAULT_EXPERIMENT.stopping);
    while (!whole.done) whole.next();
    expect(published).toHaveLength(1);
    expect(published[0]!.error).toEqual(whole.error);
  });

  it('does nothing for the same wish', () => {
    const { published, clock, scheduler } = stage();
    const tape = tapeOf(50);
    scheduler.want(tape, settings, false);
    clock.run();
    scheduler.want(tape, { ...settings }, false);
    clock.run();
    expect(published).toHaveLength(1);
  });

  it('starts again when a setting changes, keeping the last one on screen meanwhile', () => {
    const { published, clock, scheduler } = stage();
    const tape = tapeOf(150);
    scheduler.want(tape, settings, false);
    clock.run(20);
    scheduler.want(tape, { ...settings, restoreBestWeights: false }, false);
    clock.run();
    expect(published).toHaveLength(1);
    expect(published[0]!.settings.restoreBestWeights).toBe(false);
    scheduler.want(tape, settings, false);
    clock.run();
    expect(published).toHaveLength(2);
    expect(published[1]!.settings.restoreBestWeights).toBe(true);
  });

  it('follows a growing tape at most every 400 ms, and its end at once', () => {
    const { published, clock, scheduler } = stage();
    const tape = tapeOf(20);
    scheduler.want(tape, settings, true);
    for (let frame = 1; frame <= 100; frame++) {
      clock.run(clock.time + 16);
      grow(tape, 1);
      scheduler.want(tape, settings, true);
    }
    const during = published.length;
    expect(during).toBeGreaterThan(1);
    expect(during).toBeLessThanOrEqual(Math.ceil(clock.time / 400));
    const ended = clock.time;
    scheduler.want(tape, settings, false);
    clock.run();
    const last = published.at(-1)!;
    const whole = new Landscape(tape, DEFAULT_EXPERIMENT.stopping);
    while (!whole.done) whole.next();
    expect(last.error).toEqual(whole.error);
    // One landscape takes 37 rows of 2 ms and a pause of 8 ms after every second or third; two fit well below 800 ms.
    expect(clock.time - ended).toBeLessThan(800);
  });

  it('clears the screen for another tape, and for none', () => {
    const { published, clock, scheduler } = stage();
    scheduler.want(tapeOf(30), settings, false);
    clock.run();
    const other = tapeOf(40);
    scheduler.want(other, settings, false);
    clock.run();
    expect(published.map((landscape) => landscape?.tape.length)).toEqual([30, undefined, 40]);
    scheduler.want(null, settings, false);
    clock.run();
    expect(published.at(-1)).toBeNull();
    const before = published.length;
    scheduler.want(new Tape({ replicas: 1, epochs: 5, points: 1, outputs: 1, classification: false }), settings, true);
    clock.run();
    expect(published).toHaveLength(before);
  });
});
