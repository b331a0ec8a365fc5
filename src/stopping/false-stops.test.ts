/** @file False stops on histories worked out by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { falseStops, histogram } from './false-stops.ts';
import { improves, replayKeras } from './keras.ts';
import { kerasPolicy, kerasRuleOf, type KerasSettings } from './keras.testing.ts';
import { sweepPatience } from './patience-sweep.ts';
import type { ReplicaRecord } from './records.ts';
import { RULES } from './rules/index.ts';

const settings = (over: Partial<KerasSettings> = {}) => kerasPolicy({ min_delta: 0, ...over });
const recordOf = (validation: (number | null)[]): ReplicaRecord => ({
  epochs: validation.length,
  curves: { 'validation-loss': validation },
  testLoss: null,
  error: null,
});

const value = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 1, max: 60 }).map((n) => n / 16) },
  fc.constantFrom(NaN, Infinity, null),
);
const histories = fc.array(fc.array(value, { maxLength: 40 }), { minLength: 1, maxLength: 6 });
const rules = fc.record({
  mode: fc.constantFrom('min' as const, 'max' as const),
  min_delta: fc.constantFrom(0, 0.125, 1),
  baseline: fc.constantFrom(null, 1, 3),
  start_from_epoch: fc.nat(5),
});

describe('sweepPatience', () => {
  it('is the replay of each patience', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 40 }), rules, (values, over) => {
        const patiences = [0, 1, 2, 3, 5, 8, 13];
        const rule = kerasRuleOf(settings(over));
        const { stop, best } = sweepPatience(values, rule, patiences);
        patiences.forEach((patience, i) => {
          const replay = replayKeras(values, { ...rule, patience });
          expect([stop[i], best[i]]).toEqual([replay.fired ? replay.stop : -1, replay.best]);
        });
      }),
    );
  });
});

describe('falseStops', () => {
  it('counts the stops that a later epoch would have improved on', () => {
    const records = [
      recordOf([5, 4, 6, 6, 3, 6, 6, 6]), // patience 1 and 2 stop before the 3, patience 3 after it
      recordOf([5, 4, 6, 6, 6, 6, 6, 6]), // nothing comes any more
      recordOf([8, 7, 6, 5, 4, 3, 2, 1]), // never stopped
      recordOf([5, 4, 6, 3, 6, 6, 6, 6]),
    ];
    const { probability, se, stops, replicas } = falseStops(records, settings(), RULES, [1, 2, 3]);
    expect(replicas).toBe(4);
    expect([...probability]).toEqual([0.5, 0.25, 0]);
    expect([...se]).toEqual([0.25, Math.sqrt(3) / 8, 0]);
    expect(stops.map((row) => [...row])).toEqual([
      [2, 2, -1, 2],
      [3, 3, -1, 5],
      [7, 4, -1, 6],
    ]);
    // With a min delta of 2 all stop at epoch 1 with the first value as their best: 8 is beaten later, 5 is not.
    expect([...falseStops(records, settings({ min_delta: 2 }), RULES, [1]).probability]).toEqual([0.25]);
  });

  it('is the definition, one patience after the other', () => {
    fc.assert(
      fc.property(histories, rules, (values, over) => {
        const s = settings(over);
        const rule = kerasRuleOf(s);
        const patiences = [1, 2, 4, 7];
        const counted = values.filter((history) => history.length > 0);
        fc.pre(counted.length > 0);
        const expected = patiences.map((patience) => {
          const wrong = counted.filter((history) => {
            const { fired, stop, best } = replayKeras(history, { ...rule, patience });
            const later = history.slice(stop + 1);
            const sign = rule.mode === 'min' ? 1 : -1;
            return fired && later.some((v) => v !== null && improves(v, history[best]!, sign, rule.minDelta));
          });
          return wrong.length / counted.length;
        });
        const { probability } = falseStops(values.map(recordOf), s, RULES, patiences);
        expect([...probability]).toEqual(expected);
        expect([...probability]).toEqual([...probability].sort((a, b) => b - a));
      }),
    );
  });
});

describe('histogram', () => {
  it('has bins of whole epochs that cover the run', () => {
    expect(histogram([0, 4, 5, 9, -1, 10], 11, 3)).toEqual({ edges: [0, 4, 8, 11], counts: [1, 2, 2], never: 1 });
    expect(histogram([0, 1], 2)).toEqual({ edges: [0, 1, 2], counts: [1, 1], never: 0 });
  });

  it('counts every replica once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.nat(), { maxLength: 30 }),
        (epochs, bins, seeds) => {
          const { edges, counts, never } = histogram(
            seeds.map((s) => (s % (epochs + 1)) - 1),
            epochs,
            bins,
          );
          expect(counts.reduce((a, b) => a + b, never)).toBe(seeds.length);
          expect(counts.length).toBeLessThanOrEqual(bins);
          expect([edges[0], edges.at(-1), edges.length]).toEqual([0, epochs, counts.length + 1]);
        },
      ),
    );
  });
});
