/** @file The rules from the literature on worked sequences, and against plain patience. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replayKeras } from '../../keras.ts';
import { RESEARCH } from '../research.ts';
import { BUDGET } from './budget.ts';
import { GAP } from './gap.ts';
import { fitLine } from './line.ts';
import { SLOPE } from './slope.ts';
import { EMA_PATIENCE, MEDIAN_PATIENCE } from './smoothed.ts';
import { movingAverage, movingMedian } from './smoothing.ts';
import { defaultsOf, started, stopOf } from './research.testing.ts';
import { THRESHOLD } from './threshold.ts';

/** Eighths: exact in float32, so that Keras's comparison and ours see the same numbers. */
const eighths = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 1, max: 40 }).map((n) => n / 8) },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
  { minLength: 1, maxLength: 50 },
);

describe('patience on a smoothed metric', () => {
  it('without smoothing is plain patience: as published for "number since best"', () => {
    const values = [10, 8, 9, 10, 11, 12, 12, 13, 14, 15, 16, 17, 16];
    for (const patience of [1, 2, 3, 4, 5, 6]) {
      expect(stopOf(started(EMA_PATIENCE, { decay: 0, patience }), values)).toBe(patience + 2);
      expect(stopOf(started(MEDIAN_PATIENCE, { window: 1, patience }), values)).toBe(patience + 2);
    }
  });

  it('without smoothing is the rule of Keras', () => {
    fc.assert(
      fc.property(
        eighths,
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 4 }),
        fc.boolean(),
        (values, patience, d, max) => {
          const mode = max ? 'max' : 'min';
          const keras = replayKeras(values, {
            mode,
            patience,
            minDelta: d / 8,
            baseline: null,
            startFromEpoch: 0,
            restoreBestWeights: true,
          });
          for (const watch of [
            started(EMA_PATIENCE, { decay: 0, patience, minDelta: d / 8, mode }),
            started(MEDIAN_PATIENCE, { window: 1, patience, minDelta: d / 8, mode }),
          ]) {
            const stop = stopOf(watch, values);
            expect([stop, watch.best, watch.wait]).toEqual([
              keras.fired ? keras.stop + 1 : null,
              keras.best,
              keras.wait,
            ]);
          }
        },
      ),
    );
  });

  it('never stops earlier with a larger patience', () => {
    fc.assert(
      fc.property(eighths, fc.integer({ min: 1, max: 8 }), fc.nat(8), (values, patience, more) => {
        for (const rule of [EMA_PATIENCE, MEDIAN_PATIENCE]) {
          const stop = (n: number) =>
            stopOf(rule.start({ ...defaultsOf(rule), patience: n } as never), values) ?? Infinity;
          expect(stop(patience + more)).toBeGreaterThanOrEqual(stop(patience));
        }
      }),
    );
  });

  it('averages with exponential weights, as the sum says', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 20 }),
        (values) => {
          const smooth = movingAverage(0.7);
          const last = values.map(smooth).at(-1);
          const weights = values.map((_, i) => 0.7 ** (values.length - 1 - i));
          const total = weights.reduce((a, b) => a + b);
          // Two orders of summation over at most 20 terms of size 10.
          expect(last).toBeCloseTo(values.reduce((sum, v, i) => sum + v * weights[i]!, 0) / total, 10);
        },
      ),
    );
    expect([1, NaN, Infinity, 1].map(movingAverage(0.5))).toEqual([1, NaN, NaN, 1]);
  });

  it('takes the median of the last values, those not finite as worst', () => {
    expect([5, 1, 3, 9, 2].map(movingMedian(3, 1))).toEqual([5, 3, 3, 3, 3]);
    expect([5, 1, 3, 9].map(movingMedian(4, 1))).toEqual([5, 3, 3, 4]);
    expect([1, NaN, 2, 3].map(movingMedian(3, 1))).toEqual([1, NaN, 2, 3]);
    expect([1, NaN, 2, 3].map(movingMedian(3, -1))).toEqual([1, NaN, 1, 2]);
    const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 8 }), (history, window) => {
        const expected = history.map((_, i) => {
          const sorted = history.slice(Math.max(0, i + 1 - window), i + 1).sort((a, b) => a - b);
          return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
        });
        expect(history.map(movingMedian(window, 1)).map((v) => v + 0)).toEqual(expected.map((v) => v + 0));
      }),
    );
  });

  it('does not see a lucky outlier that plain patience waits for in vain', () => {
    const values = [8, 7, 1, 6, 5, 4, 3, 2];
    expect(stopOf(started(EMA_PATIENCE, { decay: 0, patience: 3 }), values)).toBe(6);
    expect(stopOf(started(MEDIAN_PATIENCE, { window: 3, patience: 3 }), values)).toBeNull();
  });
});

describe('generalisation gap', () => {
  const validation = [1, 1, 1.25, 1.5, 1.75, 2];
  const train = [1, 0.75, 0.5, 0.5, 0.5, 0.5];
  it('counts the epochs in a row that are too far from the training loss', () => {
    // Gaps 0, 0.25, 0.75, 1, 1.25, 1.5; as shares of the training loss 0, 1/3, 1.5, 2, 2.5, 3.
    expect(stopOf(started(GAP, { maxGap: 0.75, relative: false, patience: 1 }), validation, train)).toBe(4);
    expect(stopOf(started(GAP, { maxGap: 0.75, relative: false, patience: 3 }), validation, train)).toBe(6);
    expect(stopOf(started(GAP, { maxGap: 2, relative: true, patience: 1 }), validation, train)).toBe(5);
    expect(stopOf(started(GAP, { maxGap: 0.1, patience: 1 }), validation)).toBeNull();
    expect(stopOf(started(GAP, { maxGap: 1, patience: 2 }), [3, 1, 3, 1, 3, 3], [1, 1, 1, 1, 1, 1])).toBe(6);
  });
});

describe('thresholds', () => {
  it('reach the target, pass the divergence, meet a number that is none', () => {
    expect(stopOf(started(THRESHOLD, { target: 0.5 }), [1, 0.6, 0.5, 0.4])).toBe(3);
    expect(stopOf(started(THRESHOLD, { target: 0.5, mode: 'max' }), [0.1, 0.4, 0.6])).toBe(3);
    // Published for Lightning's thresholds: stops after 9 epochs below 2.9, after 4 above 15.9.
    expect(stopOf(started(THRESHOLD, { target: 2.9 }), [9, 8, 7, 6, 5, 6, 4, 3, 2, 1])).toBe(9);
    expect(stopOf(started(THRESHOLD, { divergence: 15.9 }), [9, 4, 2, 16, 32, 64])).toBe(4);
    expect(stopOf(started(THRESHOLD, { divergence: 2 }), [2, 2, 2])).toBeNull();
    expect(stopOf(started(THRESHOLD, {}), [1, NaN])).toBe(2);
    expect(stopOf(started(THRESHOLD, { stopOnNonFinite: false }), [1, NaN, Infinity])).toBeNull();
  });
});

describe('slope', () => {
  it('fits the line of Anscombe’s first set, as published', () => {
    // Ordered by x = 4 … 14: slope 0.500, standard error 0.118.
    const { slope, se } = fitLine([4.26, 5.68, 7.24, 4.82, 6.95, 8.81, 8.04, 8.33, 10.84, 7.58, 9.96]);
    expect(slope).toBeCloseTo(0.5001, 4);
    expect(se).toBeCloseTo(0.1179, 4);
  });

  it('goes on while the metric falls for certain and stops on a plateau', () => {
    const falling = Array.from({ length: 30 }, (_, i) => 1 - i / 100);
    expect(stopOf(started(SLOPE, { window: 10 }), falling)).toBeNull();
    expect(stopOf(started(SLOPE, { window: 10 }), Array<number>(30).fill(0.1))).toBe(10);
    expect(stopOf(started(SLOPE, { window: 10, stopWhen: 'worsening' }), Array<number>(30).fill(0.1))).toBeNull();
    expect(
      stopOf(
        started(SLOPE, { window: 10, stopWhen: 'worsening' }),
        falling.map((v) => -v),
      ),
    ).toBe(10);
    expect(
      stopOf(
        started(SLOPE, { window: 10, mode: 'max' }),
        falling.map((v) => -v),
      ),
    ).toBeNull();
    // −0.4, slope −0.04 ± 0.17 of 1, 0.6, 1, 0.6, …
    expect(stopOf(started(SLOPE, { window: 4 }), [1, 0.6, 1, 0.6])).toBe(4);
  });

  it('waits for as many finite values in a row as it needs', () => {
    expect(stopOf(started(SLOPE, { window: 3 }), [1, NaN, 1, 1, 1])).toBe(5);
  });
});

describe('every rule', () => {
  it.each(Object.entries(RESEARCH))('%s: describes itself, and its settings by default are allowed', (_, rule) => {
    expect(rule.help.length).toBeGreaterThan(40);
    for (const parameter of Object.values(rule.parameters)) {
      expect(parameter.help).toMatch(/[.]$/);
      if ((parameter.kind === 'number' || parameter.kind === 'optional') && parameter.default !== null) {
        expect(parameter.default).toBeGreaterThanOrEqual(parameter.min);
        expect(parameter.default).toBeLessThanOrEqual(parameter.max);
      }
    }
  });

  it.each(Object.entries(RESEARCH))('%s: never looks ahead, and says why at every epoch', (_, rule) => {
    const values = fc.array(fc.oneof(fc.double({ min: 0.01, max: 5 }), fc.constant(null), fc.constant(Infinity)), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(values, fc.nat(40), (history, cut) => {
        const run = (of: (number | null)[]) => {
          const watch = (rule as typeof BUDGET).start(defaultsOf(rule) as never);
          return of.map((value, e) => {
            const also = { 'training-loss': value, updates: e % 7 === 3 ? null : 40 * e };
            return [watch.observe(value, also), watch.best, watch.wait, watch.why()];
          });
        };
        expect(run(history.slice(0, cut))).toEqual(run(history).slice(0, cut));
        expect(
          run(history).every(
            ([, best, , why]) => Number(best) < history.length && /^(Not s|S)topped after .*\.$/.test(String(why)),
          ),
        ).toBe(true);
      }),
    );
  });

  it('a budget stops after its epochs and keeps the best of them', () => {
    const watch = started(BUDGET, { epochs: 4 });
    expect(stopOf(watch, [3, 1, 2, 4, 0])).toBe(4);
    expect([watch.best, watch.wait, watch.why()]).toEqual([
      1,
      2,
      'Stopped after 4 epochs: the budget is 4 epochs, best 1 at epoch 2.',
    ]);
  });
});
