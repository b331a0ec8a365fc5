/** @file The explanation of a stop, epoch by epoch. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replayPolicy } from './replay.ts';
import { parsePolicy } from './policy.ts';
import type { ReplicaRecord } from './records.ts';
import { RESEARCH } from './rules/research.ts';
import { why } from './why.ts';

function policyOf(input: unknown) {
  const parsed = parsePolicy(input, RESEARCH);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy;
}
const recordOf = (values: (number | null)[]): ReplicaRecord => ({
  epochs: values.length,
  curves: { 'validation-loss': values, 'training-loss': values },
  testLoss: null,
  error: null,
});
const patience = (n: number) => ({ rule: 'ema-patience', decay: 0, patience: n, minDelta: 0.25 });

describe('why', () => {
  it('says of a rule with a bar of its own what passed it', () => {
    const values = [-2, 0.5, -1, 0.25, 0.5, 0.75];
    const record = { epochs: 6, curves: { 'gradient-evidence': values }, testLoss: null, error: null };
    const { rules, stop } = why(record, policyOf({ rule: 'evidence', patience: 2 }), RESEARCH);
    expect(stop).toBe(4);
    expect(rules[0]!.lines.map(({ reference, wait, verdict }) => [reference, wait, verdict])).toEqual([
      [0, 0, 'improvement'],
      [0, 1, 'no improvement'],
      [0, 0, 'improvement'],
      [0, 1, 'no improvement'],
      [0, 2, 'stop'],
    ]);
  });

  it('tells each epoch what it was compared with and what came of it', () => {
    const { rules, stop, fired, decider } = why(
      recordOf([1, 0.875, null, 0.5, 0.5, 0.625, 0]),
      policyOf(patience(2)),
      RESEARCH,
    );
    expect([stop, fired, decider, rules[0]!.path]).toEqual([5, true, 0, '']);
    expect(rules[0]!.lines.map(({ words: _, epoch: __, ...line }) => Object.values(line))).toEqual([
      [1, null, 0, 'improvement'],
      [0.875, 0.75, 1, 'no improvement'],
      [null, 0.75, 1, 'not reported'],
      [0.5, 0.75, 0, 'improvement'],
      [0.5, 0.25, 1, 'no improvement'],
      [0.625, 0.25, 2, 'stop'],
    ]);
    expect(rules[0]!.lines.at(-1)!.words).toMatch(/^Stopped after 6 epochs: .* \(patience 2\)\.$/);
  });

  it('follows each rule of a combination until it stops', () => {
    const told = why(
      recordOf([4, 3, 4, 4, 4, 4]),
      policyOf({
        all: [
          patience(2),
          {
            any: [
              { rule: 'budget', epochs: 5 },
              { rule: 'gl', alpha: 1000 },
            ],
          },
        ],
      }),
      RESEARCH,
    );
    expect(told.rules.map(({ path, lines }) => [path, lines.length])).toEqual([
      ['all.0', 4],
      ['all.1.any.0', 5],
      ['all.1.any.1', 5],
    ]);
    expect([told.stop, told.fired, told.decider]).toEqual([4, true, 1]);
  });

  it('asks for a metric that is missing', () => {
    const record = { ...recordOf([1]), curves: {} };
    expect(() => why(record, policyOf(patience(1)), RESEARCH, 3)).toThrow(
      'replica 4 has no validation-loss; record it',
    );
  });

  it('agrees with the replay, and every improvement passes its reference', () => {
    const values = fc.array(
      fc.oneof(
        fc.integer({ min: 1, max: 24 }).map((n) => n / 8),
        fc.constant(null),
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 5 }), (history, n) => {
        const record = recordOf(history);
        const policy = policyOf(patience(n));
        const told = why(record, policy, RESEARCH);
        const replay = replayPolicy([record], policy, RESEARCH)[0]!;
        expect([told.stop, told.fired]).toEqual([replay.stop, replay.fired]);
        const { lines } = told.rules[0]!;
        expect(lines.length).toBe(replay.stop + 1);
        expect(lines.findLastIndex(({ verdict }) => verdict === 'improvement')).toBe(replay.best);
        for (const { value, reference, verdict } of lines) {
          if (verdict === 'improvement') expect(reference === null || value! < reference).toBe(true);
          else expect(value === null || value >= reference!).toBe(true);
        }
        if (lines.length > 0) expect(lines.at(-1)!.words).toBe(replay.why);
      }),
    );
  });
});
