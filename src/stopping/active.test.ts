/** @file The active rule against the fast replay of Keras, and what is wrong with a policy, by field. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withDefaults } from '../engine/experiment/defaults.ts';
import { DEFAULT_EXPERIMENT, METRICS, type Experiment, type Policy } from '../engine/experiment/experiment.ts';
import { activePolicy, checked, replayActive, withPolicy } from './active.ts';
import { measuresIn } from './monitors.ts';
import { policiesOn } from './arbitrary-policy.testing.ts';
import { kerasPolicy } from './rules/keras-policy.ts';
import { tapeOf } from './tape.testing.ts';

const { stopping } = DEFAULT_EXPERIMENT;

function experimentWith(policy: unknown, source = 'sine'): Experiment {
  const parsed = withDefaults({ data: { source }, stopping: { policy } });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.experiment;
}

describe('replayActive', () => {
  const values = fc.array(fc.constantFrom(0.5, 0.25, 0.75, 0.7, 0.9, 1, 2, NaN, Infinity), {
    minLength: 12,
    maxLength: 12,
  });

  it('with the sliders’ settings as a policy is the replay without one', () => {
    const settings = fc.record({
      monitor: fc.constantFrom(...METRICS),
      minDelta: fc.constantFrom(0, 0.05, 0.2),
      patience: fc.nat(5),
      mode: fc.constantFrom('auto' as const, 'min' as const, 'max' as const),
      baseline: fc.constantFrom(null, 0.6),
      startFromEpoch: fc.nat(4),
      restoreBestWeights: fc.boolean(),
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
        const sliders = { ...stopping, ...chosen };
        const policy = kerasPolicy(sliders);
        expect(activePolicy(sliders)).toEqual(policy);
        const fast = replayActive(tape, sliders);
        // Other sliders: the policy decides.
        const replays = replayActive(tape, { ...stopping, patience: 1, policy });
        expect(replays).toEqual(fast.map((replay) => ({ ...replay, why: expect.any(String) })));
      }),
    );
  });

  it('with a group stops with its first or its last member', () => {
    const tape = tapeOf({ replicas: 2, epochs: 20 }, { validationLoss: (r, e) => Math.abs(e - 5 - 3 * r) });
    const patience = kerasPolicy({ ...stopping, minDelta: 0, patience: 2 });
    const budget: Policy = { rule: 'budget', monitor: 'validation-loss', epochs: 9, mode: 'auto' };
    const stops = (policy: Policy) => replayActive(tape, { ...stopping, policy }).map(({ stop }) => stop);
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
      fc.property(policiesOn(measuresIn(experimentWith(null, 'moons'))), (policy) => {
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
      { all: [{ rule: 'budget' }, { rule: 'budget', monitor: 'validation-accuracy' }] },
      'stopping.policy.all.1.monitor',
      'validation-accuracy',
      'is recorded only for classes, which this experiment has not; use validation-loss, training-loss',
    ],
  ])('%j is refused at %s', (policy, path, value, remedy) => {
    expect(checked(experimentWith(policy))).toEqual([{ path, value, remedy: expect.stringContaining(remedy) }]);
  });
});
