/** @file Editing a policy: what is taken, and what is refused with its reason. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_EXPERIMENT, METRICS, type Policy, type StoppingSettings } from '../engine/experiment/experiment.ts';
import { edited, policyOf, ruleNamed, slidersOf, watchingOnly } from './edit-policy.ts';
import { isRule } from './policy.ts';
import { kerasPolicy } from './rules/keras-policy.ts';

describe('slidersOf', () => {
  it('is the inverse of kerasPolicy', () => {
    const settings: fc.Arbitrary<StoppingSettings> = fc.record({
      rule: fc.constant('keras'),
      policy: fc.constant(null),
      monitor: fc.constantFrom(...METRICS),
      minDelta: fc.double({ min: 0, max: 1000, noNaN: true }),
      patience: fc.nat(10000),
      mode: fc.constantFrom('auto', 'min', 'max'),
      baseline: fc.option(fc.double({ min: -1, max: 1, noNaN: true })),
      startFromEpoch: fc.nat(100),
      restoreBestWeights: fc.boolean(),
    });
    fc.assert(
      fc.property(settings, (all) => {
        const { rule: _, policy: __, ...sliders } = all;
        expect(slidersOf(kerasPolicy(all))).toEqual(sliders);
      }),
    );
  });

  it('is nothing for other rules, for groups, and for what the sliders cannot watch', () => {
    const keras = kerasPolicy(DEFAULT_EXPERIMENT.stopping);
    expect(slidersOf(ruleNamed('tf-keras', 'validation-loss'))).toBeNull();
    expect(slidersOf({ any: [keras] })).toBeNull();
    expect(slidersOf({ ...keras, monitor: 'gradient-disparity' })).toBeNull();
  });
});

describe('edited', () => {
  const gl = policyOf({ rule: 'gl', alpha: 2 });
  if (!isRule(gl)) throw new Error('gl is a rule');

  it('takes what fits, and keeps what is refused until that field is right', () => {
    const wrong = edited(gl, {}, 'alpha', -1);
    expect(wrong.policy).toBe(gl);
    expect(wrong.refused.alpha).toMatchObject({ value: -1, remedy: 'must be a number from 0 to 1000000' });
    const other = edited(gl, wrong.refused, 'strip', 7);
    expect(other.policy).toEqual({ ...gl, strip: 7 });
    expect(Object.keys(other.refused)).toEqual(['alpha']);
    expect(edited(gl, other.refused, 'alpha', 3)).toEqual({ policy: { ...gl, alpha: 3 }, refused: {} });
  });
});

describe('watchingOnly', () => {
  const losses = ['validation-loss', 'training-loss'];
  const keras = (monitor: string) => policyOf({ rule: 'keras', monitor, patience: 5 });

  it('leaves a policy alone that watches what is recorded', () => {
    const policy: Policy = { any: [keras('training-loss'), policyOf({ rule: 'pq' })] };
    expect(watchingOnly(policy, losses)).toEqual(policy);
  });

  it('puts what watches something else on the validation loss, wherever it stands', () => {
    const policy: Policy = { all: [keras('validation-f1'), { any: [keras('training-loss')] }] };
    expect(watchingOnly(policy, losses)).toEqual({
      all: [keras('validation-loss'), { any: [keras('training-loss')] }],
    });
    expect(watchingOnly(keras('validation-loss'), ['validation-accuracy'], 'validation-accuracy')).toEqual(
      keras('validation-accuracy'),
    );
  });

  it('gives up what makes no sense of that', () => {
    const gap = policyOf({ rule: 'gap' });
    expect(watchingOnly(gap, losses)).toEqual(gap);
    expect(watchingOnly(gap, ['validation-accuracy'], 'validation-accuracy')).toBeNull();
    expect(watchingOnly({ any: [keras('training-loss'), gap] }, ['validation-f1'], 'validation-f1')).toBeNull();
  });
});
