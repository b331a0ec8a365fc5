/** @file Budgets and patience in other units than epochs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochValues } from '../../rule.ts';
import { KERAS } from '../keras.ts';
import { BUDGET } from './budget.ts';
import { COMPUTE_BUDGET } from './compute-budget.ts';
import { PATIENCE_IN_UNITS } from './patience.ts';
import { started } from './research.testing.ts';

const UNITS = ['updates', 'examples', 'flops', 'seconds'] as const;
const eighths = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 1, max: 24 }).map((n) => n / 8) },
    { weight: 1, arbitrary: fc.constantFrom(null, NaN, Infinity) },
  ),
  { minLength: 1, maxLength: 50 },
);

/** Every epoch of a history: whether it stops there, best, counter. */
function told(watch: ReturnType<typeof started>, values: readonly (number | null)[], also: (e: number) => EpochValues) {
  return values.map((value, e) => [watch.observe(value, also(e)), watch.best, watch.wait]);
}

describe('patience', () => {
  it('in epochs is the rule of Keras, for any settings', () => {
    fc.assert(
      fc.property(
        eighths,
        fc.record({
          patience: fc.nat(6),
          minDelta: fc.nat(4).map((n) => n / 8),
          mode: fc.constantFrom('auto' as const, 'min' as const, 'max' as const),
          baseline: fc.constantFrom(null, 1),
          startFromEpoch: fc.nat(4),
          restoreBestWeights: fc.boolean(),
        }),
        (values, settings) => {
          const { patience, mode, baseline } = settings;
          const keras = started(KERAS, {
            ...{ patience, mode, baseline, min_delta: settings.minDelta },
            ...{ start_from_epoch: settings.startFromEpoch, restore_best_weights: settings.restoreBestWeights },
          });
          const own = started(PATIENCE_IN_UNITS, { ...settings, unit: 'epochs' });
          for (const value of values) {
            const stops = keras.observe(value, {});
            expect(own.observe(value, {})).toBe(stops);
            expect([own.best, own.wait, own.reference]).toEqual([keras.best, keras.wait, keras.reference]);
            if (stops) break;
          }
        },
      ),
    );
    expect(PATIENCE_IN_UNITS.restores!({ restoreBestWeights: false } as never, true)).toBe(false);
  });

  it('in updates with as many in each epoch is that in epochs', () => {
    fc.assert(
      fc.property(eighths, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 30 }), (values, epochs, each) => {
        const usual = told(started(PATIENCE_IN_UNITS, { patience: epochs }), values, () => ({}));
        const own = started(PATIENCE_IN_UNITS, { patience: epochs * each, unit: 'updates' });
        const counted = told(own, values, (e) => ({ updates: each * (e + 1) }));
        expect(counted).toEqual(usual.map(([stops, best, wait]) => [stops, best, Number(wait) * each]));
      }),
    );
  });

  it('counts what the epochs really held', () => {
    // Batches that double: 8, 4, 2, 1, 1, … updates an epoch, the best at the second.
    const updates = [8, 12, 14, 15, 16, 17];
    const watch = started(PATIENCE_IN_UNITS, { patience: 4, unit: 'updates' });
    const values = [1, 0.5, 0.6, 0.6, 0.6, 0.6];
    const stop = values.findIndex((value, e) => watch.observe(value, { updates: updates[e]! }));
    expect([stop, watch.best, watch.wait]).toEqual([4, 1, 4]);
    expect(watch.why()).toBe(
      'Stopped after 5 epochs: best 0.5 at epoch 2, 4 updates without an improvement (patience 4 updates).',
    );
    expect(PATIENCE_IN_UNITS.needs!({ unit: 'examples' } as never)).toEqual(['examples']);
    expect(PATIENCE_IN_UNITS.needs!({ unit: 'epochs' } as never)).toEqual([]);
  });
});

describe('compute budget', () => {
  it.each(UNITS)('in %s stops after the epoch that reaches it, and keeps the best until then', (unit) => {
    const watch = started(COMPUTE_BUDGET, { amount: 30, unit });
    const values = [3, 1, 2, 4, 0];
    expect(values.findIndex((value, e) => watch.observe(value, { [unit]: 10.5 * (e + 1) }))).toBe(2);
    expect([watch.best, watch.wait]).toEqual([1, 1]);
    const many = unit === 'flops' ? 'FLOPs' : unit;
    expect(watch.why()).toBe(`Stopped after 3 epochs: 31.5 ${many} of a budget of 30, best 1 at epoch 2.`);
    expect(COMPUTE_BUDGET.needs!({ unit } as never)).toEqual([unit]);
  });

  it('of so many times an epoch is the budget of epochs', () => {
    fc.assert(
      fc.property(
        eighths,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 1e6 }),
        (values, epochs, each) => {
          const usual = told(started(BUDGET, { epochs }), values, () => ({}));
          const own = started(COMPUTE_BUDGET, { amount: epochs * each, unit: 'examples' });
          expect(told(own, values, (e) => ({ examples: each * (e + 1) }))).toEqual(usual);
        },
      ),
    );
  });

  it('spends nothing where nothing was counted', () => {
    const watch = started(COMPUTE_BUDGET, { amount: 1 });
    expect(watch.observe(1, {})).toBe(false);
    expect(watch.why()).toBe('Not stopped after 1 epoch: no updates counted of a budget of 1, best 1 at epoch 1.');
  });
});
