/** @file Editing a policy: what is taken, and what is refused with its reason. */
import { describe, expect, it } from 'vitest';
import type { Policy } from '../engine/experiment/experiment.ts';
import * as edit from './edit-policy.ts';
import { edited } from './edit-policy.ts';
import { isRule } from './policy.ts';
import { RULES } from './rules/index.ts';

const policyOf = (input: unknown) => edit.policyOf(input, RULES);
const watchingOnly = (policy: Policy, recorded: string[], instead?: Parameters<typeof edit.watchingOnly>[3]) =>
  edit.watchingOnly(policy, RULES, recorded, instead);

describe('edited', () => {
  const gl = policyOf({ rule: 'gl', alpha: 2 });
  if (!isRule(gl)) throw new Error('gl is a rule');

  it('takes what fits, and keeps what is refused until that field is right', () => {
    const wrong = edited(gl, {}, 'alpha', -1, RULES);
    expect(wrong.policy).toBe(gl);
    expect(wrong.refused.alpha).toMatchObject({ value: -1, remedy: 'must be a number from 0 to 1000000' });
    const other = edited(gl, wrong.refused, 'strip', 7, RULES);
    expect(other.policy).toEqual({ ...gl, strip: 7 });
    expect(Object.keys(other.refused)).toEqual(['alpha']);
    expect(edited(gl, other.refused, 'alpha', 3, RULES)).toEqual({ policy: { ...gl, alpha: 3 }, refused: {} });
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
