/** @file The landscape in slices equals the one computed at once; the newest wish wins. */
import { describe, expect, it } from 'vitest';
import { Curves } from '../decomposition/curves.ts';
import { LandscapeQuantity, type QuantityName } from '../evaluation/landscape-values.ts';
import { curvesOf, Tape } from '../engine/record/tape.ts';
import { axesIn, sliderAxes } from '../stopping/axes.ts';
import { kerasPolicy, type KerasSettings } from '../stopping/keras.testing.ts';
import { landscapeOf } from '../stopping/landscape-of.ts';
import type { Landscape } from '../stopping/landscape.ts';
import { recordsOf } from '../stopping/records.ts';
import { KERAS_ALONE } from '../stopping/rules/keras.ts';
import { LandscapeScheduler, type LandscapePlan, type ColouredLandscape } from './landscape-scheduler.ts';

const { x, y } = sliderAxes(axesIn(kerasPolicy(), KERAS_ALONE, 400))!;
const target = { target: new Float64Array(1), noise: new Float64Array(1), known: true, draws: null };

/** How often landscapes were begun. */
let begun = 0;
function plan(tape: Tape, over: Partial<KerasSettings> = {}, colour: QuantityName = 'error'): LandscapePlan {
  const settings = kerasPolicy(over);
  return {
    key: JSON.stringify(settings),
    landscape: () => {
      begun++;
      return landscapeOf(recordsOf(tape), settings, KERAS_ALONE, x, y);
    },
    quantityKey: colour,
    quantity: (landscape) => new LandscapeQuantity(landscape, colour, new Curves(tape, target)),
  };
}

function whole(tape: Tape): Landscape {
  const landscape = landscapeOf(recordsOf(tape), kerasPolicy(), KERAS_ALONE, x, y);
  while (!landscape.done) landscape.next();
  return landscape;
}

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
  tape.append({ first, count, curves, predictions: new Float32Array(count * 4), elapsedMs: 1, measuringMs: 0 });
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
  const published: (ColouredLandscape | null)[] = [];
  const clock = handClock();
  return { published, clock, scheduler: new LandscapeScheduler((coloured) => published.push(coloured), clock) };
}

describe('LandscapeScheduler', () => {
  it('publishes what computing at one go gives, in many slices', () => {
    const { published, clock, scheduler } = stage();
    const tape = tapeOf(150);
    scheduler.want(tape, plan(tape), false);
    expect(published).toEqual([]);
    expect(clock.run()).toBeGreaterThan(10);
    expect(published).toHaveLength(1);
    const { landscape, quantity } = published[0]!;
    expect(landscape.error).toEqual(whole(tape).error);
    expect([quantity.done, quantity.values]).toEqual([true, landscape.error]);
  });

  it('does nothing for the same wish', () => {
    const { published, clock, scheduler } = stage();
    const tape = tapeOf(50);
    scheduler.want(tape, plan(tape), false);
    clock.run();
    scheduler.want(tape, plan(tape), false);
    clock.run();
    expect(published).toHaveLength(1);
  });

  it('starts again when the plan changes, keeping the last one on screen meanwhile', () => {
    const { published, clock, scheduler } = stage();
    const tape = tapeOf(150);
    scheduler.want(tape, plan(tape), false);
    clock.run(20);
    scheduler.want(tape, plan(tape, { restore_best_weights: false }), false);
    clock.run();
    expect(published).toHaveLength(1);
    expect(published[0]!.landscape.restored).toEqual(published[0]!.landscape.stop);
    scheduler.want(tape, plan(tape), false);
    clock.run();
    expect(published).toHaveLength(2);
    expect(published[1]!.landscape.restored).not.toEqual(published[1]!.landscape.stop);
  });

  it('puts other colours on the same landscape, also while it is being computed', () => {
    const { published, clock, scheduler } = stage();
    const tape = tapeOf(150);
    const before = begun;
    scheduler.want(tape, plan(tape), false);
    clock.run(20);
    scheduler.want(tape, plan(tape, {}, 'epochs'), false);
    clock.run();
    scheduler.want(tape, plan(tape, {}, 'falseStops'), false);
    clock.run();
    expect(published.map((coloured) => coloured?.quantity.name)).toEqual(['epochs', 'falseStops']);
    expect(published[0]!.landscape).toBe(published[1]!.landscape);
    expect(begun).toBe(before + 1);
  });

  it('follows a growing tape at most every 400 ms, and its end at once', () => {
    const { published, clock, scheduler } = stage();
    const tape = tapeOf(20);
    scheduler.want(tape, plan(tape), true);
    for (let frame = 1; frame <= 100; frame++) {
      clock.run(clock.time + 16);
      grow(tape, 1);
      scheduler.want(tape, plan(tape), true);
    }
    const during = published.length;
    expect(during).toBeGreaterThan(1);
    expect(during).toBeLessThanOrEqual(Math.ceil(clock.time / 400));
    const ended = clock.time;
    scheduler.want(tape, plan(tape), false);
    clock.run();
    expect(published.at(-1)!.landscape.error).toEqual(whole(tape).error);
    // A landscape and its colours take 74 rows of 2 ms and a pause of 8 ms after every second or third; two fit below 1.2 s.
    expect(clock.time - ended).toBeLessThan(1200);
  });

  it('clears the screen for another tape, and for none', () => {
    const { published, clock, scheduler } = stage();
    const tape = tapeOf(30);
    scheduler.want(tape, plan(tape), false);
    clock.run();
    const other = tapeOf(40);
    scheduler.want(other, plan(other), false);
    clock.run();
    expect(published.map((coloured) => coloured?.landscape.length)).toEqual([30, undefined, 40]);
    scheduler.want(other, null, false);
    clock.run();
    expect(published.at(-1)).toBeNull();
    scheduler.want(null, plan(other), false);
    clock.run();
    const before = published.length;
    const empty = new Tape({ replicas: 1, epochs: 5, points: 1, outputs: 1, classification: false });
    scheduler.want(empty, plan(empty), true);
    clock.run();
    expect(published).toHaveLength(before);
  });
});
