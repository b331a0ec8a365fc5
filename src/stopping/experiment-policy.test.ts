/** @file The policy of an experiment on its tape, and what is wrong with it, by field. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withDefaults } from '../engine/experiment/defaults.ts';
import { DEFAULT_EXPERIMENT, METRICS, type Experiment, type Policy } from '../engine/experiment/experiment.ts';
import * as policies from './experiment-policy.ts';
import { kerasPolicy } from './keras.testing.ts';
import { measuresIn } from './monitors.ts';
import { policiesOn } from './arbitrary-policy.testing.ts';
import { begun, follow, replayTape, told } from './replay.ts';
import { recordsOf } from './records.ts';
import { RULES } from './rules/index.ts';
import { tapeOf } from './tape.testing.ts';

const withPolicy = (experiment: Experiment) => policies.withPolicy(experiment, RULES);
const checked = (experiment: Experiment) => policies.checked(experiment, RULES);

function experimentWith(policy: unknown, source = 'sine'): Experiment {
  const parsed = withDefaults({ data: { source }, stopping: { policy } });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.experiment;
}

describe('replayTape', () => {
  const values = fc.array(fc.constantFrom(0.5, 0.25, 0.75, 0.7, 0.9, 1, 2, NaN, Infinity), {
    minLength: 12,
    maxLength: 12,
  });

  it('of the rule of Keras at once is the replay epoch by epoch, whatever it watches', () => {
    const settings = fc.record({
      monitor: fc.constantFrom(...METRICS),
      min_delta: fc.constantFrom(0, 0.05, 0.2),
      patience: fc.nat(5),
      mode: fc.constantFrom('auto' as const, 'min' as const, 'max' as const),
      baseline: fc.constantFrom(null, 0.6),
      start_from_epoch: fc.nat(4),
      restore_best_weights: fc.boolean(),
    });
    fc.assert(
      fc.property(values, settings, (history, chosen) => {
        const of = (r: number, e: number) => history[(7 * r + e) % 12]!;
        const tape = tapeOf(
          { replicas: 3, epochs: 14, classification: true },
          {
            ...{ trainLoss: of, validationLoss: of, validationAccuracy: of, validationF1: of },
            ...{ validationBrier: of, validationCalibrationError: of },
          },
          12,
        );
        const policy = kerasPolicy(chosen);
        const byEpoch = recordsOf(tape).map((record, r) =>
          told(follow(begun(policy, RULES), record, [policy.monitor], r)),
        );
        expect(replayTape(tape, policy, RULES)).toEqual(byEpoch);
      }),
    );
  });

  it('with a group stops with its first or its last member', () => {
    const tape = tapeOf({ replicas: 2, epochs: 20 }, { validationLoss: (r, e) => Math.abs(e - 5 - 3 * r) });
    const patience = kerasPolicy({ min_delta: 0, patience: 2 });
    const budget: Policy = { rule: 'budget', monitor: 'validation-loss', epochs: 9, mode: 'auto' };
    const stops = (policy: Policy) => replayTape(tape, policy, RULES).map(({ stop }) => stop);
    expect(stops({ any: [patience, budget] })).toEqual([7, 8]);
    expect(stops({ all: [patience, budget] })).toEqual([8, 10]);
  });
});

describe('a policy in an experiment', () => {
  it('gets the defaults of what it leaves out', () => {
    const parsed = withPolicy(experimentWith({ any: [{ rule: 'budget' }, { rule: 'gl', alpha: 3 }] }));
    expect(parsed).toMatchObject({
      ok: true,
      experiment: {
        stopping: {
          policy: {
            any: [
              { rule: 'budget', monitor: 'validation-loss', epochs: 100, mode: 'auto' },
              { rule: 'gl', monitor: 'validation-loss', alpha: 3, minProgress: 0.1 },
            ],
          },
        },
      },
    });
    expect(withPolicy(DEFAULT_EXPERIMENT)).toEqual({ ok: true, experiment: DEFAULT_EXPERIMENT });
  });

  it('that the registry takes is right, and comes back as it is', () => {
    fc.assert(
      fc.property(policiesOn(measuresIn(experimentWith(kerasPolicy(), 'moons'))), (policy) => {
        const experiment = experimentWith(policy, 'moons');
        expect(checked(experiment)).toEqual([]);
        expect(withPolicy(experiment)).toEqual({ ok: true, experiment });
      }),
    );
  });

  it.each([
    [{ rule: 'gll' }, 'stopping.policy.rule', 'gll', 'must be one of keras,'],
    [{ rule: 'budget', epochs: -1 }, 'stopping.policy.epochs', -1, 'from 1 to'],
    [{ any: [{ rule: 'keras', patience: NaN }] }, 'stopping.policy.any.0.patience', NaN, 'must be a whole number'],
    [{ any: [] }, 'stopping.policy.any', [], 'a list of 1 to'],
    [{ all: [{ rule: 'gl' }], of: 2 }, 'stopping.policy.of', 2, 'is not a known field'],
    [
      { rule: 'keras', monitor: 'validation-accuracy' },
      'stopping.policy.monitor',
      'validation-accuracy',
      'use validation-loss',
    ],
    [
      { all: [{ rule: 'budget' }, { rule: 'budget', monitor: 'validation-accuracy' }] },
      'stopping.policy.all.1.monitor',
      'validation-accuracy',
      'is recorded only for classes, which this experiment has not; use validation-loss, training-loss',
    ],
  ])('%j is refused at %s', (policy, path, value, remedy) => {
    expect(checked(experimentWith(policy))).toEqual([{ path, value, remedy: expect.stringContaining(remedy) }]);
  });
});
