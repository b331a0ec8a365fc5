/** @file Halting a live run against replaying the rule on the whole history. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DEFAULT_EXPERIMENT } from '../engine/experiment.ts';
import type { Block } from '../engine/tape.ts';
import { Halting } from './halting.ts';
import { kerasRule, replayKeras } from './keras.ts';

const block = (first: number, losses: number[][]): Block => ({
  first,
  count: losses.length,
  curves: { validationLoss: Float32Array.from(losses.flat()) },
  predictions: new Float32Array(),
  elapsedMs: 1,
});

it('halts at the epoch at which the last replica’s replay stops, also in a run that was resumed', () => {
  const values = fc.array(fc.tuple(fc.double({ min: 0, max: 9, noNaN: true }), fc.constantFrom(1, 2, NaN)), {
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(values, fc.nat(6), fc.nat(30), (losses, patience, cut) => {
      const settings = { ...DEFAULT_EXPERIMENT.stopping, patience };
      let halting = new Halting(settings, 2);
      let halt = -1;
      losses.forEach((loss, epoch) => {
        if (epoch === cut) halting = new Halting(settings, 2, halting.history());
        if (halting.observe(block(epoch, [loss])) && halt === -1) halt = epoch;
      });
      const replays = [0, 1].map((r) =>
        replayKeras(
          losses.map((loss) => Math.fround(loss[r]!)),
          kerasRule(settings),
        ),
      );
      const expected = replays.every((replay) => replay.fired) ? Math.max(...replays.map((replay) => replay.stop)) : -1;
      expect(halt).toBe(expected);
      expect(Array.from(halting.history())).toEqual(losses.flat().map(Math.fround));
    }),
  );
});

it('says so when the run does not record what is watched', () => {
  const halting = new Halting({ ...DEFAULT_EXPERIMENT.stopping, monitor: 'validation-accuracy' }, 1);
  expect(() => halting.observe(block(0, [[1]]))).toThrow(/records no validation-accuracy/);
});
