/** @file The rule of Keras against what the real callback did. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { begin, explain, observe, replayKeras, type KerasRule } from './keras.ts';
import { kerasPolicy, kerasRuleOf } from './keras.testing.ts';

const KERAS_DEFAULTS: KerasRule = {
  mode: 'min',
  minDelta: 0,
  patience: 0,
  baseline: null,
  startFromEpoch: 0,
  restoreBestWeights: true,
};
const rule = (options: Partial<KerasRule>): KerasRule => ({ ...KERAS_DEFAULTS, ...options });

interface Case {
  options: Record<string, unknown>;
  values: (number | string | null)[];
  expected: [last: number, fired: boolean, weights: number, wait: number];
}
const fixtures = JSON.parse(readFileSync(new URL('./fixtures/keras.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};
const camel = (name: string) => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

describe('replayKeras', () => {
  it('does what Keras itself did, on every history it was shown', () => {
    const { cases } = fixtures;
    expect(cases.length).toBeGreaterThan(600);
    const wrong = cases.filter(({ options, values, expected }) => {
      const settings = rule(Object.fromEntries(Object.entries(options).map(([name, x]) => [camel(name), x])));
      const { stop, fired, restored, wait } = replayKeras(
        values.map((x) => (typeof x === 'string' ? Number(x) : x)),
        settings,
      );
      return JSON.stringify([stop, fired, restored, wait]) !== JSON.stringify(expected);
    });
    expect(wrong).toEqual([]);
  });

  it("gives the results published in Keras's own tests", () => {
    const losses = [10, 9, 8, 9, 8.9, 8.8, 8.7, 8.6, 8.5];
    for (const patience of [0, 1, 2, 3]) {
      expect(replayKeras(losses, rule({ patience })).stop).toBe(Math.max(patience, 1) + 2);
    }
    expect(replayKeras([0.2, 0.15, 0.1, 0.11, 0.12], rule({ patience: 2 })).restored).toBe(2);
    const late = replayKeras([0.9, 0.8, 0.7, 0.71, 0.72, 0.73], rule({ patience: 5, baseline: 0.5 }));
    expect(late).toMatchObject({ stop: 4, restored: 2 });
  });

  it('turns upside down when the values and the mode do', () => {
    const value = fc.option(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double()));
    fc.assert(
      fc.property(
        fc.array(value),
        fc.nat(5),
        fc.constantFrom(0, 0.5, 1),
        fc.option(fc.integer({ min: -5, max: 5 })),
        (values, patience, minDelta, baseline) => {
          const flipped = values.map((x) => (x === null ? null : -x));
          const up = rule({ mode: 'max', patience, minDelta, baseline: baseline === null ? null : -baseline });
          expect(replayKeras(flipped, up)).toEqual(replayKeras(values, rule({ patience, minDelta, baseline })));
        },
      ),
    );
  });

  it('never stops later, and never with a worse best, than with less patience', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }), fc.nat(6), (values, patience) => {
        const [less, more] = [
          replayKeras(values, rule({ patience })),
          replayKeras(values, rule({ patience: patience + 1 })),
        ];
        expect(more.stop).toBeGreaterThanOrEqual(less.stop);
        expect(values[more.best]).toBeLessThanOrEqual(values[less.best]!);
      }),
    );
  });
});

describe('observe', () => {
  it('says at the same epoch what the replay of the whole history says', () => {
    const values = [0.9, 0.8, null, 0.85, NaN, 0.7];
    const state = begin();
    const verdicts = values.slice(0, 5).map((x) => observe(state, rule({ patience: 2 }), x));
    expect(verdicts).toEqual([false, false, false, false, true]);
    expect(replayKeras(values, rule({ patience: 2 }))).toMatchObject({ stop: 4, restored: 1, wait: 2 });
  });
});

describe('kerasRule', () => {
  it('decides the direction from what is monitored', () => {
    const mode = (monitor: 'training-loss' | 'validation-loss' | 'validation-accuracy') =>
      kerasRuleOf(kerasPolicy({ monitor })).mode;
    expect([mode('training-loss'), mode('validation-loss'), mode('validation-accuracy')]).toEqual([
      'min',
      'min',
      'max',
    ]);
    expect(kerasRuleOf(kerasPolicy({ monitor: 'validation-accuracy', mode: 'min' })).mode).toBe('min');
  });
});

describe('explain', () => {
  const why = (values: (number | null)[], options: Partial<KerasRule>) =>
    explain(replayKeras(values, rule(options)), rule(options), values);

  it('counts epochs trained, and says what was waited for', () => {
    expect(why([0.9, 0.7, 0.8, 0.75], { patience: 2, minDelta: 0.01 })).toBe(
      'Stopped after 4 epochs: best value 0.7 at epoch 2, 2 epochs without an improvement by more than 0.01 (patience 2).',
    );
    expect(why([0.9, 0.7, 0.8], { patience: 2 })).toBe(
      'Not stopped after 3 epochs: best value 0.7 at epoch 2, 1 epoch without an improvement (patience 2).',
    );
    expect(why([0.9, 0.8, 0.8], { patience: 2, baseline: 0.5 })).toBe(
      'Stopped after 3 epochs: best value 0.8 at epoch 2, 3 epochs without an improvement that also beats the baseline 0.5 (patience 2).',
    );
  });

  it('names histories in which nothing could be compared', () => {
    expect(why([], {})).toBe('Nothing was trained.');
    expect(why([null], {})).toBe('Not stopped after 1 epoch: no value was reported.');
    expect(why([1, 2], { startFromEpoch: 2 })).toBe('Not stopped after 2 epochs: the rule ignores the first 2 epochs.');
    expect(why([NaN, 1], {})).toContain('the first value, at epoch 1, is NaN and nothing compares with it');
  });
});
