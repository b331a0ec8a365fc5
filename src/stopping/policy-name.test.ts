/** @file Short names of policies. */
import { describe, expect, it } from 'vitest';
import type { RulePolicy } from '../engine/experiment/experiment.ts';
import * as edit from './edit-policy.ts';
import { watchedFirst } from './policy.ts';
import { settingsBeside, shortName } from './policy-words.ts';
import { counterOf } from './roles.ts';
import { RULES } from './rules/index.ts';

const policyOf = (input: unknown) => edit.policyOf(input, RULES);

describe('shortName', () => {
  it.each([
    [{ rule: 'gl' }, 'Generalisation loss (GL), alpha 5'],
    [{ rule: 'lightgbm', stopping_rounds: 50 }, 'LightGBM, rounds 50'],
    [{ rule: 'lightning', min_delta: 0.1 }, 'PyTorch Lightning, patience 3'],
    [{ rule: 'keras', patience: 0, monitor: 'training-loss' }, 'Keras 3, patience 0, on training loss'],
    [{ rule: 'patience', patience: 1, unit: 'updates' }, 'Patience in other units, patience 1 update'],
    [{ rule: 'compute-budget', amount: 2e9, unit: 'flops' }, 'Budget of compute, amount 2000000000 FLOPs'],
    [{ any: [{ rule: 'keras', patience: 5 }] }, 'Any of 1 rule'],
    [{ all: [{ rule: 'keras' }, { any: [{ rule: 'gl' }, { rule: 'pq' }] }, { rule: 'up' }] }, 'All of 3 rules'],
  ])('%j is %s', (input, name) => {
    expect(shortName(policyOf(input), RULES)).toBe(name);
  });
});

describe('settingsBeside', () => {
  const page = { rule: 'keras', patience: 10, min_delta: 0.001, restore_best_weights: true };
  it.each([
    [page, []],
    [{ ...page, min_delta: 0 }, ['min delta 0']],
    [
      { ...page, restore_best_weights: false, monitor: 'training-loss' },
      ['no restore best weights', 'on training loss'],
    ],
    // By what the settings do: patience and min delta of another library.
    [{ rule: 'lightning', patience: 10, min_delta: 0.001 }, []],
    [{ rule: 'lightning', patience: 3 }, ['min delta 0', 'patience 3']],
    [{ rule: 'gl', alpha: 5 }, []],
    [{ rule: 'gl', alpha: 2 }, ['alpha 2']],
  ])('%j', (input, settings) => {
    expect(settingsBeside(policyOf(input) as RulePolicy, policyOf(page), RULES)).toEqual(settings);
  });
});

describe('counterOf', () => {
  it('is a whole number of epochs, and what it is set to', () => {
    expect(counterOf(policyOf({ rule: 'hugging-face', early_stopping_patience: 4 }), RULES)).toMatchObject({
      key: 'early_stopping_patience',
      label: 'patience',
      value: 4,
    });
    expect(counterOf(policyOf({ rule: 'ema-patience' }), RULES)).toMatchObject({ key: 'patience', value: 10, min: 1 });
  });

  it('is nothing for what waits for something else, and for a group', () => {
    expect(counterOf(policyOf({ rule: 'gl' }), RULES)).toBeNull();
    expect(counterOf(policyOf({ rule: 'budget' }), RULES)).toBeNull();
    expect(counterOf(policyOf({ rule: 'patience', unit: 'updates' }), RULES)).toBeNull();
    expect(counterOf(policyOf({ rule: 'patience' }), RULES)?.value).toBe(20);
    expect(counterOf(policyOf({ any: [{ rule: 'keras' }] }), RULES)).toBeNull();
  });

  it.each(Object.keys(RULES).filter((name) => counterOf(policyOf({ rule: name }), RULES)))(
    '%s can be set to what it tells',
    (name) => {
      const { key, value } = counterOf(policyOf({ rule: name }), RULES)!;
      expect(counterOf(policyOf({ rule: name, [key]: value + 1 }), RULES)!.value).toBe(value + 1);
    },
  );
});

it('a group watches what its first rule does', () => {
  const group = { all: [{ any: [{ rule: 'keras', monitor: 'training-loss' }, { rule: 'gl' }] }, { rule: 'gl' }] };
  expect(watchedFirst(policyOf(group))).toBe('training-loss');
});
