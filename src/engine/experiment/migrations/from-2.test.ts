/** @file Documents of version 2: the rule of Keras that stood beside the policy becomes a policy, in whole and partial ones. */
import { describe, expect, it } from 'vitest';
import { withPolicy } from '../../../stopping/experiment-policy.ts';
import { RULES } from '../../../stopping/rules/index.ts';
import { parseAnyVersion, withDefaults } from '../defaults.ts';
import { DEFAULT_EXPERIMENT, DEFAULT_POLICY } from '../experiment.ts';
import { fromVersion2 } from './from-2.ts';
import first from './kept/1-first-days.json';
import second from './kept/2-sliders-and-policy.json';

const stoppingOf = (partial: unknown) => {
  const parsed = withDefaults(partial);
  return parsed.ok ? parsed.experiment.stopping : parsed.problems;
};

describe('a whole document', () => {
  it('has the settings of its sliders in the policy, by the names of Keras', () => {
    const parsed = parseAnyVersion(second[0]);
    expect(parsed.ok && parsed.experiment.stopping).toEqual({
      policy: {
        rule: 'keras',
        monitor: 'training-loss',
        min_delta: 0.01,
        patience: 30,
        mode: 'min',
        baseline: 0.5,
        restore_best_weights: false,
        start_from_epoch: 4,
      },
    });
    expect(parsed.ok && withPolicy(parsed.experiment, RULES)).toEqual(parsed);
  });

  it('keeps the policy that decided, and lets the sliders beside it go', () => {
    const parsed = parseAnyVersion(second[1]);
    expect(parsed.ok && parsed.experiment.stopping).toEqual({ policy: second[1]!.stopping.policy });
  });

  it('of the first days comes in one go', () => {
    const parsed = parseAnyVersion(first[0]);
    expect(parsed.ok && parsed.experiment.stopping).toEqual({ policy: DEFAULT_POLICY });
  });

  it('that lacks a setting, or has one too many, is refused by its field', () => {
    const { patience: _, ...stopping } = second[0]!.stopping;
    const lacking = parseAnyVersion({ ...second[0], stopping });
    if (!lacking.ok) throw new Error('its form is right');
    expect(withPolicy(lacking.experiment, RULES)).toMatchObject({ problems: [{ path: 'stopping.policy.patience' }] });
    expect(parseAnyVersion({ ...second[0], stopping: { ...second[0]!.stopping, patince: 5 } })).toMatchObject({
      problems: [{ path: 'stopping.patince', remedy: 'is not a known field; remove it' }],
    });
    expect(fromVersion2.migrate({ stopping: 7 })).toEqual({ stopping: 7 });
  });
});

describe('a partial document', () => {
  it('without a version is laid over the sliders as they were', () => {
    expect(stoppingOf({ stopping: { patience: 5 } })).toEqual({ policy: { ...DEFAULT_POLICY, patience: 5 } });
    expect(stoppingOf({ version: 2, stopping: { minDelta: 0, restoreBestWeights: false } })).toEqual({
      policy: { ...DEFAULT_POLICY, min_delta: 0, restore_best_weights: false },
    });
    const budget = { rule: 'budget', epochs: 30 };
    expect(stoppingOf({ stopping: { policy: budget } })).toEqual({ policy: budget });
    expect(stoppingOf({ stopping: { policy: null, patience: 3 } })).toEqual({
      policy: { ...DEFAULT_POLICY, patience: 3 },
    });
    expect(stoppingOf({})).toEqual({ policy: DEFAULT_POLICY });
  });

  it('of today says what differs from the default rule, or names another, which stands on its own defaults', () => {
    const { version } = DEFAULT_EXPERIMENT;
    expect(stoppingOf({ version, stopping: { policy: { patience: 5 } } })).toEqual({
      policy: { ...DEFAULT_POLICY, patience: 5 },
    });
    const lightgbm = { rule: 'lightgbm', stopping_rounds: 5 };
    expect(stoppingOf({ version, stopping: { policy: lightgbm } })).toEqual({ policy: lightgbm });
    expect(stoppingOf({ version, stopping: { policy: { rule: 'keras' } } })).toEqual({ policy: { rule: 'keras' } });
  });
});
