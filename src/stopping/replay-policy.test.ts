/** @file Replays of policies, groups included, on histories worked out by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../engine/experiment/experiment.ts';
import { kerasPolicy } from './keras.testing.ts';
import { parsePolicy } from './policy.ts';
import { recordsOf, type ReplicaRecord } from './records.ts';
import { replayPolicy, replayTape } from './replay.ts';
import type { Rule } from './rule.ts';
import { KERAS_ALONE } from './rules/keras.ts';
import { RESEARCH } from './rules/research.ts';
import { tapeOf } from './tape.testing.ts';
import { watchPolicy } from './watch.ts';

function policyOf(input: unknown): Policy {
  const parsed = parsePolicy(input, RESEARCH);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy;
}
const patience = (n: number) => ({ rule: 'ema-patience', decay: 0, patience: n });
const budget = (epochs: number) => ({ rule: 'budget', epochs });
const recordOf = (validation: (number | null)[], train?: number[]): ReplicaRecord => ({
  epochs: validation.length,
  curves: { 'validation-loss': validation, ...(train && { 'training-loss': train }) },
  testLoss: null,
  error: null,
});
const one = (input: unknown, values: (number | null)[]) =>
  replayPolicy([recordOf(values)], policyOf(input), RESEARCH)[0]!;

describe('replayPolicy', () => {
  it('is the replay of Keras where the rule is the same, on a tape', () => {
    // Eighths: the two rules compare in float32 and float64.
    const tape = tapeOf({ replicas: 5, epochs: 40 }, { validationLoss: (r, e) => ((e * (7 + r) + r) % 31) / 8 }, 33);
    for (const n of [1, 3, 9, 40]) {
      const keras = replayTape(tape, kerasPolicy({ min_delta: 0, patience: n }), KERAS_ALONE);
      const replays = replayPolicy(recordsOf(tape), policyOf(patience(n)), RESEARCH);
      expect(replays.map(({ why: _, ...rest }) => rest)).toEqual(keras.map(({ why: _, ...rest }) => rest));
    }
  });

  it('knows that an accuracy is to grow', () => {
    const accuracy = (_: number, e: number) => [0.5, 0.75, 0.625, 0.5][e]!;
    const tape = tapeOf({ epochs: 4, classification: true }, { validationAccuracy: accuracy });
    const policy = policyOf({ ...patience(2), monitor: 'validation-accuracy' });
    expect(replayPolicy(recordsOf(tape), policy, RESEARCH)).toMatchObject([{ stop: 3, fired: true, best: 1 }]);
  });

  it('restores what the deciding member would', () => {
    const values = [3, 2, 4, 4, 1, 5, 5, 5];
    expect(one(patience(2), values)).toMatchObject({ stop: 3, restored: 1 });
    expect(one(budget(6), values)).toMatchObject({ stop: 5, restored: 4 });
    // The patience stopped at epoch 3 and looks no further, the budget decides; and the other way round.
    expect(one({ all: [patience(2), budget(6)] }, values)).toMatchObject({ stop: 5, fired: true, restored: 4 });
    expect(one({ all: [patience(2), budget(2)] }, values)).toMatchObject({ stop: 3, fired: true, restored: 1 });
    expect(one({ any: [budget(6), patience(2)] }, values)).toMatchObject({ stop: 3, wait: 2, restored: 1 });
    // Both at epoch 3: the first in the list.
    expect(one({ any: [budget(4), patience(2)] }, values).why).toContain('the budget is 4 epochs');
    expect(one({ all: [patience(2), budget(4)] }, values).why).toContain('patience 2');
    // Nothing stops: the first in the list.
    expect(one({ any: [patience(4), budget(9)] }, values)).toMatchObject({
      stop: 7,
      fired: false,
      wait: 3,
      restored: 4,
    });
  });

  it.each([
    ['validation-accuracy', 'max'],
    ['validation-f1', 'max'],
    ['validation-error-rate', 'min'],
    ['gradient-disparity', 'min'],
  ] as const)('takes %s for a metric whose best is its %s where the rule leaves that open', (monitor, mode) => {
    const policy = policyOf({ ...patience(2), monitor });
    const record = { epochs: 5, curves: { [monitor]: [2, 3, 1, 2.5, 2] }, testLoss: null, error: null };
    expect(replayPolicy([record], policy, RESEARCH)[0]!.best).toBe(mode === 'max' ? 1 : 2);
  });

  it('names the metric that is missing', () => {
    expect(() => one({ any: [budget(2), { rule: 'gap' }] }, [1])).toThrow(
      'monitor: replica 1 has no training-loss; use validation-loss',
    );
    expect(() => one({ ...budget(2), monitor: 'validation-accuracy' }, [1])).toThrow('has no validation-accuracy');
    expect(one({ rule: 'gl', minProgress: null, alpha: 10 }, [1, 2])).toMatchObject({ stop: 1, fired: true });
    expect(() => one({ rule: 'gl' }, [1, 2])).toThrow('has no training-loss');
  });

  it('of an empty history is a stop before the first epoch', () => {
    expect(one(patience(1), [])).toMatchObject({ stop: -1, fired: false, best: -1, restored: -1, wait: 0 });
  });

  it('takes a diverged replica as it is recorded, and gives it no error', () => {
    const loss = (r: number, e: number) => (r === 1 && e > 1 ? NaN : 4 - e);
    const records = recordsOf(tapeOf({ replicas: 2, epochs: 4 }, { validationLoss: loss, error: () => 1 }));
    expect(records.map(({ error }) => [...Array.from(error!)])).toEqual([
      [1, 1, 1, 1],
      [1, 1, NaN, NaN],
    ]);
    expect(replayPolicy(records, policyOf({ rule: 'threshold' }), RESEARCH)).toMatchObject([{ stop: 3 }, { stop: 2 }]);
  });
});

describe('properties', () => {
  const leaf = fc.oneof(
    fc.integer({ min: 1, max: 6 }).map(patience),
    fc.integer({ min: 1, max: 30 }).map(budget),
    fc.integer({ min: 0, max: 200 }).map((alpha) => ({ rule: 'gl', alpha })),
    fc.integer({ min: 1, max: 3 }).map((s) => ({ rule: 'up', s, strip: 2 })),
  );
  const tree = fc.letrec((tie) => ({
    policy: fc.oneof({ maxDepth: 3 }, leaf, fc.record({ any: tie('list') }), fc.record({ all: tie('list') })),
    list: fc.array(tie('policy'), { minLength: 1, maxLength: 4 }),
  })).policy;
  const values = fc.array(
    fc.integer({ min: 1, max: 24 }).map((n) => n / 8),
    { minLength: 1, maxLength: 40 },
  );

  /** The stop by its definition, from the members' own replays; Infinity if there is none. */
  function stopOf(policy: Policy, records: ReplicaRecord[]): number {
    if ('rule' in policy) {
      const { stop, fired } = replayPolicy(records, policy, RESEARCH)[0]!;
      return fired ? stop : Infinity;
    }
    const [members, choose] = 'any' in policy ? [policy.any, Math.min] : [policy.all, Math.max];
    return choose(...members.map((member) => stopOf(member, records)));
  }

  it('any stops at the minimum of its members, all at the maximum, nested', () => {
    fc.assert(
      fc.property(tree, values, (input, history) => {
        const policy = policyOf(input);
        const records = [recordOf(history, history)];
        const { stop, fired } = replayPolicy(records, policy, RESEARCH)[0]!;
        expect(fired ? stop : Infinity).toBe(stopOf(policy, records));
        expect(fired || stop === history.length - 1).toBe(true);
      }),
    );
  });

  it('a training halted by the live watch stops where the replay says', () => {
    fc.assert(
      fc.property(tree, values, (input, history) => {
        const policy = policyOf(input);
        const watch = watchPolicy(policy, RESEARCH);
        const halted = history.findIndex((v) => watch.observe({ 'validation-loss': v, 'training-loss': v }));
        const whole = replayPolicy([recordOf(history, history)], policy, RESEARCH)[0]!;
        expect(halted === -1 ? null : halted).toBe(whole.fired ? whole.stop : null);
        const short = history.slice(0, whole.stop + 1);
        expect(replayPolicy([recordOf(short, short)], policy, RESEARCH)[0]).toEqual(whole);
      }),
    );
  });
});

it.each(['gradient-evidence', 'validation-loss'] as const)(
  'hands a rule, alone or in a group, the NaN of a signal as not reported and any other as it is (%s)',
  (monitor) => {
    const seen: (number | null)[] = [];
    const spy: Rule = {
      ...{ label: 'spy', version: '', help: '', parameters: {} },
      start: () => ({ best: -1, wait: 0, why: () => '', observe: (value) => (seen.push(value), false) }),
    };
    const curves = { [monitor]: Float32Array.of(NaN, 2, NaN) };
    const record = { epochs: 3, curves, testLoss: null, error: null };
    const policy: Policy = { rule: 'spy', monitor };
    replayPolicy([record], policy, { spy });
    replayPolicy([record], { any: [policy] }, { spy });
    const gap = monitor === 'validation-loss' ? NaN : null;
    expect(seen).toEqual([gap, 2, gap, gap, 2, gap]);
  },
);
