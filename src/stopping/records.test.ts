/** @file What of a tape rules may look at. */
import { describe, expect, it } from 'vitest';
import { MONITORS } from '../engine/experiment/experiment.ts';
import { replayPolicy } from './replay.ts';
import { parsePolicy } from './policy.ts';
import { curveOf, recordedIn, recordsOf } from './records.ts';
import { METERS } from './rule.ts';
import { RULES } from './rules/index.ts';
import { tapeOf } from './tape.testing.ts';

const evidence = (r: number, e: number) => (e === 0 ? NaN : 10 * r + e);
const METRICS_OF_VALUES = ['validation-loss', 'training-loss'];

describe('recordsOf', () => {
  it('has the losses and what was counted of every run', () => {
    const [record] = recordsOf(tapeOf({ epochs: 3 }, { seconds: (_, e) => e / 8 }));
    expect(recordedIn(record!)).toEqual([...METRICS_OF_VALUES, ...METERS]);
    expect(Array.from(curveOf(record!, 'seconds', 0))).toEqual([0, 0.125, 0.25]);
    expect(Array.from(curveOf(record!, 'examples', 0))).toEqual([1, 2, 3]);
  });

  it('has scores and prediction changes only of classes, gradients only where they were measured', () => {
    const [record] = recordsOf(tapeOf({ classification: true }, {}));
    expect(recordedIn(record!)).toEqual([...MONITORS.filter((m) => !m.startsWith('gradient')), ...METERS]);
    const records = recordsOf(tapeOf({ replicas: 2, epochs: 3 }, { gradientEvidence: evidence }));
    expect(recordedIn(records[1]!)).toEqual([
      ...METRICS_OF_VALUES,
      'gradient-evidence',
      'gradient-disparity',
      ...METERS,
    ]);
  });

  it('has every replica of a tape, one whose predictions were never known among them', () => {
    const records = recordsOf(tapeOf({ replicas: 2, epochs: 3 }, { gradientEvidence: evidence }));
    expect(Array.from(curveOf(records[1]!, 'gradient-evidence', 1))).toEqual([NaN, 11, 12]);
    const unknown = recordsOf(tapeOf({ classification: true, epochs: 2 }, { predictionChanges: () => NaN }))[0]!;
    expect(Array.from(curveOf(unknown, 'prediction-changes', 0))).toEqual([NaN, NaN]);
  });
});

describe('what was not recorded is refused by name', () => {
  const replayed = (input: unknown, records = recordsOf(tapeOf({ epochs: 2 }, {}))) => {
    const parsed = parsePolicy(input, RULES);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return replayPolicy(records, parsed.policy, RULES)[0]!;
  };

  it('on a tape', () => {
    expect(() => replayed({ rule: 'evidence' })).toThrow(
      'monitor: replica 1 has no gradient-evidence; use validation-loss or training-loss',
    );
    expect(() => replayed({ rule: 'label-wave' })).toThrow('has no prediction-changes');
    expect(replayed({ rule: 'compute-budget', amount: 2, unit: 'flops' })).toMatchObject({ stop: 1, fired: true });
  });

  it('on curves of one’s own, which say nothing of compute', () => {
    const curves = { 'validation-loss': [1, 0.5], 'training-loss': [1, 0.5] };
    const own = [{ epochs: 2, curves, testLoss: null, error: [1, 0.5] }];
    expect(() => replayed({ rule: 'compute-budget' }, own)).toThrow(
      'unit: replica 1 has not recorded its updates; count epochs',
    );
    expect(() => replayed({ rule: 'patience', unit: 'examples' }, own)).toThrow('has not recorded its examples');
    expect(() => replayed({ rule: 'gradient-disparity' }, own)).toThrow('has no gradient-disparity');
    expect(replayed({ rule: 'patience', patience: 1 }, own)).toMatchObject({ stop: 1, fired: false });
    expect(replayed({ rule: 'discrepancy', noise: 0.75 }, own)).toMatchObject({ stop: 1, fired: true });
  });
});

it('the rules of the training data alone ask for their own signals, and stay valid as they were written', () => {
  const monitorOf = (rule: string) => {
    const parsed = parsePolicy({ rule }, RULES);
    return parsed.ok && 'rule' in parsed.policy ? parsed.policy.monitor : null;
  };
  expect(['evidence', 'gradient-disparity', 'label-wave', 'discrepancy'].map(monitorOf)).toEqual([
    'gradient-evidence',
    'gradient-disparity',
    'prediction-changes',
    'training-loss',
  ]);
  expect(parsePolicy({ rule: 'evidence', monitor: 'validation-loss' }, RULES)).toMatchObject({ ok: false });
  expect(parsePolicy({ rule: 'budget', epochs: 7 }, RULES)).toEqual({
    ok: true,
    policy: { rule: 'budget', monitor: 'validation-loss', epochs: 7, mode: 'auto' },
  });
});
