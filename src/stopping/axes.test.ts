/** @file The axes of the landscape that a rule offers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../engine/experiment/experiment.ts';
import { axesIn, axesOf, axisValues, MIN_DELTAS, numberAt, PATIENCES, sliderAxes, withNumber } from './axes.ts';
import { kerasPolicy } from './keras.testing.ts';
import { parsePolicy, remedyFor } from './policy.ts';
import { RULES } from './rules/index.ts';
import type { Parameter } from './rule.ts';

const parsed = (input: unknown): Policy => {
  const result = parsePolicy(input, RULES);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.policy;
};

/** Every number of every rule. */
const numbers = Object.entries(RULES).flatMap(([rule, { parameters }]) =>
  Object.entries(parameters as Record<string, Parameter>).flatMap(([key, parameter]) =>
    parameter.kind === 'number' || parameter.kind === 'optional' ? [{ rule, key, parameter }] : [],
  ),
);

describe('the values of an axis', () => {
  it('ascend, are few, and are what the rule takes', () => {
    for (const { rule, key, parameter } of numbers) {
      const axis = axisValues(parameter, parameter.default, 400);
      if (!axis) {
        expect(parameter.default).toBeNull();
        continue;
      }
      const { values } = axis;
      expect(values.length, `${rule}.${key}`).toBeGreaterThan(4);
      expect(values.length, `${rule}.${key}`).toBeLessThan(60);
      values.forEach((value, i) => {
        expect(remedyFor(value, parameter), `${rule}.${key}`).toBeNull();
        if (i > 0) expect(value, `${rule}.${key}`).toBeGreaterThan(values[i - 1]!);
      });
    }
  });

  it('reach around the current value, and stay while it moves among them', () => {
    const range = { min: 0, max: 1e6, default: 5 };
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e4, noNaN: true }), (current) => {
        const { values } = axisValues(range, current, 400)!;
        // The values are rounded to two digits.
        expect(values[0]!).toBeLessThanOrEqual(current * 1.05);
        expect(values.at(-1)!).toBeGreaterThanOrEqual(current * 0.95);
      }),
    );
    const usual = axisValues(range, 5, 400)!.values;
    for (const value of usual) expect(axisValues(range, value, 400)!.values).toEqual(usual);
  });

  it('are the epochs of the run for whole numbers, 0 first where it is allowed', () => {
    const { values } = axisValues({ min: 0, max: 1e6, integer: true, default: 0 }, 20, 400)!;
    expect([values[0], values[1], values.at(-1)]).toEqual([0, 1, 400]);
    expect(values.every(Number.isInteger)).toBe(true);
    expect(axisValues({ min: 1, max: 1e6, integer: true, default: 1 }, 3000, 400)!.values.at(-1)).toBe(10_000);
    expect(axisValues({ min: 1, max: 9, integer: true, default: 1 }, 1, 400)!.values.at(-1)).toBe(9);
    expect(axisValues({ min: 1, max: 1e6, integer: true, default: 1 }, 1, 1)!.values).toEqual([1]);
  });

  it('are even between near limits, and none where nothing says how large the number is', () => {
    expect(axisValues({ min: 0, max: 0.9999, default: 0.8 }, 0.8, 400)).toMatchObject({ log: false });
    expect(axisValues({ min: -1e9, max: 1e9, default: null }, null, 400)).toBeNull();
    expect(axisValues({ min: -1e9, max: 1e9, default: null }, -3, 400)).toBeNull();
    const { values } = axisValues({ min: -1e9, max: 1e9, default: null }, 0.2, 400)!;
    expect([values[0], values.at(-1)]).toEqual([0.1, 1]);
  });

  it('take in where the rule is, and a 0 by which it is set', () => {
    const { values } = axisValues({ min: 0, max: 1e9, default: 0 }, 0, 400)!;
    expect(values.slice(0, 2)).toEqual([0, 1e-4]);
    const numbers = fc.record({
      patience: fc.integer({ min: 1, max: 1e6 }),
      min_delta: fc.oneof(fc.constant(0), fc.double({ min: 1e-7, max: 50, noNaN: true })),
    });
    fc.assert(
      fc.property(numbers, (settings) => {
        for (const axis of axesIn(kerasPolicy(settings), RULES, 400)) {
          const here = settings[axis.path as 'patience'];
          if (here === undefined) continue;
          // Two digits of a margin are kept.
          expect(axis.values[0]!, axis.path).toBeLessThanOrEqual(here * 1.05);
          expect(axis.values.at(-1)!, axis.path).toBeGreaterThanOrEqual(here * 0.95);
          expect(axis.values.length, axis.path).toBeLessThanOrEqual(201);
          axis.values.forEach((value, i) => expect(value).toBeGreaterThan(axis.values[i - 1] ?? -1));
        }
      }),
    );
  });

  it('keep every patience up to 100, and the whole map while the hand moves back', () => {
    const named = (path: string, settings: object, reach = {}) =>
      axesIn(kerasPolicy(settings), RULES, 400, PATIENCES, reach).find((axis) => axis.path === path)!.values;
    const grown = named('patience', { patience: 213 });
    expect(grown.slice(0, 100)).toEqual(PATIENCES);
    expect(grown.at(-1)).toBe(500);
    const reach = { counter: [60, 213], margin: [0, 0.01] };
    expect(named('patience', { patience: 60 }, reach)).toEqual(grown);
    expect(named('min_delta', {}, reach)).toEqual([0, ...MIN_DELTAS]);
  });

  it('of the two sliders are as they are drawn', () => {
    expect([PATIENCES.length, PATIENCES[0], PATIENCES[99]]).toEqual([100, 1, 100]);
    expect([MIN_DELTAS.length, MIN_DELTAS[0], MIN_DELTAS[12], MIN_DELTAS[36]]).toEqual([37, 1e-4, 1e-3, 0.1]);
  });
});

describe('the axes', () => {
  const options = axesIn(kerasPolicy(), RULES, 400);
  const PATIENCE = { path: 'patience', values: PATIENCES, log: false, integer: true };
  const MIN_DELTA = { path: 'min_delta', label: 'min delta', values: MIN_DELTAS, log: true };

  it('are patience and min delta unless others are chosen', () => {
    expect(axesOf(options, { x: null, y: null })).toMatchObject({ x: PATIENCE, y: MIN_DELTA });
    expect(axesOf(options, { x: 'min_delta', y: null })).toMatchObject({ x: MIN_DELTA, y: PATIENCE });
    expect(axesOf(options, { x: 'start_from_epoch', y: 'patience' })).toMatchObject({
      x: { path: 'start_from_epoch' },
      y: PATIENCE,
    });
    expect(axesOf(options, { x: null, y: 'patience' })).toMatchObject({ x: MIN_DELTA, y: PATIENCE });
    expect(axesOf(options, { x: 'gone', y: 'gone' })).toMatchObject({ x: PATIENCE, y: MIN_DELTA });
  });

  it('offer the baseline while there is one', () => {
    expect(options.map(({ path }) => path)).toEqual(['min_delta', 'patience', 'start_from_epoch']);
    const some = axesIn(kerasPolicy({ baseline: 0.3 }), RULES, 400);
    expect(some.map(({ path }) => path)).toContain('baseline');
  });

  it('of a policy are the numbers of all its rules, that which counts epochs first', () => {
    const of = (input: unknown) => {
      const axes = axesOf(axesIn(parsed(input), RULES, 400), { x: null, y: null });
      return axes && [axes.x.label, axes.y?.label ?? null];
    };
    expect(of({ rule: 'lightning' })).toEqual(['patience', 'min delta']);
    expect(of({ rule: 'gl' })).toEqual(['alpha', 'strip']);
    expect(of({ rule: 'budget' })).toEqual(['epochs', null]);
    expect(of({ rule: 'threshold' })).toBeNull();
    expect(of({ any: [{ rule: 'keras' }, { all: [{ rule: 'gl' }, { rule: 'gl' }] }] })).toEqual([
      'Keras 3: patience',
      'Keras 3: min delta',
    ]);
    const labels = axesIn(parsed({ any: [{ rule: 'budget' }, { rule: 'budget' }] }), RULES, 400).map(
      ({ label }) => label,
    );
    expect(labels).toEqual(['Budget of epochs (1): epochs', 'Budget of epochs (2): epochs']);
  });

  it('of the sliders are the counter and the margin of a rule that has both', () => {
    const of = (input: unknown) => {
      const axes = sliderAxes(axesIn(parsed(input), RULES, 400));
      return axes && [axes.x.path, axes.y!.path];
    };
    expect(of({ rule: 'keras' })).toEqual(['patience', 'min_delta']);
    expect(of({ rule: 'hugging-face' })).toEqual(['early_stopping_patience', 'early_stopping_threshold']);
    expect(of({ rule: 'sklearn-mlp' })).toEqual(['n_iter_no_change', 'tol']);
    expect(of({ rule: 'label-wave' })).toBeNull();
    expect(of({ any: [{ rule: 'keras' }, { rule: 'tfjs' }] })).toBeNull();
  });

  it('lead to the numbers of the policy and change nothing else', () => {
    const policy = parsed({ any: [{ rule: 'budget' }, { all: [{ rule: 'gl' }, { rule: 'lightning' }] }] });
    for (const { path } of axesIn(policy, RULES, 400)) {
      const changed = withNumber(policy, path, 0.125);
      expect(numberAt(changed, path)).toBe(0.125);
      expect(withNumber(changed, path, numberAt(policy, path)!)).toEqual(policy);
    }
    expect(numberAt(policy, 'any.0.monitor')).toBeNull();
    expect(numberAt(policy, 'any.7.epochs')).toBeNull();
  });
});
