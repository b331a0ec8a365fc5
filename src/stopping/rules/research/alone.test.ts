/** @file Rules that need no validation set, on sequences that say where they have to stop. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DISCREPANCY } from './discrepancy.ts';
import { EVIDENCE } from './evidence.ts';
import { GRADIENT_DISPARITY } from './gradient-disparity.ts';
import { LABEL_WAVE } from './label-wave.ts';
import { started, stopOf } from './research.testing.ts';

/** Eighths: sums of them are exact. */
const signal = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: -8, max: 8 }).map((n) => n / 8) },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
  { minLength: 1, maxLength: 40 },
);
const known = (values: readonly (number | null)[]) => values.flatMap((v, e) => (v === null ? [] : [{ v, e }]));

describe('evidence', () => {
  it('stops after so many epochs in a row above zero, and keeps the weights of the stop', () => {
    const watch = started(EVIDENCE, { patience: 2 });
    expect(stopOf(watch, [-3, 0.1, -1, 0, 0.2, null, 0.3, 0.4])).toBe(7);
    // Zero is not above zero; the epoch that was not looked at is passed over.
    expect([watch.best, watch.wait, watch.reference]).toEqual([3, 2, 0]);
    expect(EVIDENCE.restores!({ patience: 2 }, true)).toBe(false);
    expect(watch.why()).toBe(
      'Stopped after 7 epochs: evidence criterion 0.3, 2 epochs in a row above 0 (patience 2), more than noise last at epoch 4.',
    );
    expect(stopOf(started(EVIDENCE, { patience: 1 }), [-Infinity, NaN, 0, 1e-9])).toBe(4);
  });

  it('stops where the definition says so', () => {
    fc.assert(
      fc.property(signal, fc.integer({ min: 1, max: 5 }), (values, patience) => {
        const seen = known(values);
        const first = seen.findIndex(
          (_, i) => i + 1 >= patience && seen.slice(i + 1 - patience, i + 1).every(({ v }) => v > 0),
        );
        expect(stopOf(started(EVIDENCE, { patience }), values)).toBe(first === -1 ? null : seen[first]!.e + 1);
      }),
    );
  });
});

describe('gradient disparity', () => {
  it('counts rises since the beginning, or in a row', () => {
    const values = [5, 6, 4, 3, 4, 5, 2, 3];
    expect(stopOf(started(GRADIENT_DISPARITY, { patience: 3 }), values)).toBe(6);
    expect(stopOf(started(GRADIENT_DISPARITY, { patience: 2, consecutive: true }), values)).toBe(6);
    expect(stopOf(started(GRADIENT_DISPARITY, { patience: 3, consecutive: true }), values)).toBeNull();
    const watch = started(GRADIENT_DISPARITY, { patience: 2 });
    expect(stopOf(watch, [5, 6, NaN, 4, null, 4.5, 9])).toBe(6);
    expect([watch.best, watch.wait]).toEqual([3, 2]);
    expect(watch.why()).toBe(
      'Stopped after 6 epochs: gradient disparity 4.5, 2 rises since the beginning (patience 2), best 4 at epoch 4.',
    );
  });

  it('stops where the definition says so', () => {
    fc.assert(
      fc.property(signal, fc.integer({ min: 1, max: 6 }), (values, patience) => {
        const seen = known(values);
        const rises = seen.flatMap(({ v, e }, i) => (i > 0 && v > seen[i - 1]!.v ? [e + 1] : []));
        expect(stopOf(started(GRADIENT_DISPARITY, { patience }), values)).toBe(rises[patience - 1] ?? null);
      }),
    );
  });
});

describe('Label Wave', () => {
  it('stops past the first minimum of the average and keeps its weights', () => {
    const watch = started(LABEL_WAVE, { window: 2, patience: 2 });
    // Averages from the third epoch on: 0.45, 0.3, 0.2, 0.25, 0.35.
    expect(stopOf(watch, [null, 0.5, 0.4, 0.2, 0.2, 0.3, 0.4, 0])).toBe(7);
    expect([watch.best, watch.wait]).toEqual([4, 2]);
    expect(LABEL_WAVE.restores).toBeUndefined();
    expect(watch.why()).toBe(
      'Stopped after 7 epochs: 35 % of the predictions change (mean of 2 epochs), best 0.2 at epoch 5, 2 epochs without a lower mean (patience 2).',
    );
  });

  it('stops where the definition says so', () => {
    fc.assert(
      fc.property(
        signal,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 5 }),
        (values, window, patience) => {
          const seen = known(values);
          const sums = seen.flatMap(({ e }, i) =>
            i + 1 < window ? [] : [{ e, sum: seen.slice(i + 1 - window, i + 1).reduce((s, { v }) => s + v, 0) }],
          );
          const lowest = (i: number) => sums.slice(0, i + 1).reduce((a, b) => (b.sum < a.sum ? b : a));
          const at = sums.findIndex((_, i) => i - sums.indexOf(lowest(i)) >= patience);
          const watch = started(LABEL_WAVE, { window, patience });
          expect(stopOf(watch, values)).toBe(at === -1 ? null : sums[at]!.e + 1);
          if (sums.length > 0) expect(watch.best).toBe(lowest(at === -1 ? sums.length - 1 : at).e);
        },
      ),
    );
  });
});

describe('discrepancy principle', () => {
  it('stops once the training loss is down to tau times the variance of the noise', () => {
    const losses = [1, 0.5, 0.3, 0.25, 0.2];
    expect(stopOf(started(DISCREPANCY, { noise: 0.5 }), losses)).toBe(4);
    expect(stopOf(started(DISCREPANCY, { noise: 0.5, tau: 2 }), losses)).toBe(2);
    const watch = started(DISCREPANCY, { noise: 0.1 });
    expect(stopOf(watch, [null, NaN, ...losses])).toBeNull();
    expect(watch.why()).toBe(
      'Not stopped after 7 epochs: training loss 0.2 is above 0.01 (tau 1 times the noise variance 0.01).',
    );
    expect(DISCREPANCY.monitors).toEqual(['training-loss']);
  });
});
