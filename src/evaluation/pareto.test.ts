/** @file The Pareto front against the definition of dominance, and its points against replays. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kerasPolicy } from '../stopping/keras.testing.ts';
import { recordsOf } from '../stopping/records.ts';
import { replayPolicy, replayTape } from '../stopping/replay.ts';
import { RULES } from '../stopping/rules/index.ts';
import { RESEARCH } from '../stopping/rules/research.ts';
import { tapeOf } from '../stopping/tape.testing.ts';
import { judge } from './stop-costs.ts';
import { counterPoints, pareto, pointOf, type ParetoPoint } from './pareto.ts';

const at = (compute: number, error: number, se: number | null = null): ParetoPoint => ({
  epochs: compute * 100,
  compute,
  error,
  se,
});

describe('pareto', () => {
  it('finds front, compute-optimal point and what is overtrained', () => {
    const points = [
      at(0.9, 1.0, 0.1),
      at(0.1, 3),
      at(0.3, 1.05),
      at(0.2, 2),
      at(0.25, 2.5),
      at(1, 1.02),
      at(0.05, NaN),
    ];
    expect(pareto(points)).toEqual({ front: [1, 3, 2, 0], optimal: 2, overtrained: [0, 5] });
    // Without a standard error only the lowest itself is within it.
    expect(pareto(points.map((p) => ({ ...p, se: null }))).optimal).toBe(0);
    expect(pareto([at(1, NaN)])).toEqual({ front: [], optimal: -1, overtrained: [] });
    expect(pareto([at(1, 1), at(1, 1)]).front).toEqual([0]);
  });

  it('is the definition of dominance', () => {
    const number = fc.integer({ min: 0, max: 8 });
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 12 }), (pairs) => {
        const points = pairs.map(([c, e]) => at(c, e, 1));
        const dominated = (p: ParetoPoint) =>
          points.some(
            (q) => q.compute <= p.compute && q.error <= p.error && (q.compute < p.compute || q.error < p.error),
          );
        const { front, optimal, overtrained } = pareto(points);
        const key = (p: ParetoPoint) => `${p.compute} ${p.error}`;
        expect(new Set(front.map((i) => key(points[i]!)))).toEqual(
          new Set(points.filter((p) => !dominated(p)).map(key)),
        );
        const near = points.filter((p) => p.error <= Math.min(...points.map((q) => q.error)) + 1);
        expect(points[optimal]!.compute).toBe(Math.min(...near.map((p) => p.compute)));
        expect(overtrained.length).toBe(points.filter((p) => p.compute > points[optimal]!.compute).length);
      }),
    );
  });
});

describe('points', () => {
  const tape = tapeOf(
    { replicas: 4, epochs: 50 },
    {
      validationLoss: (r, e) => (r === 3 && e > 20 ? NaN : ((e * (7 + r) + r) % 31) / 8),
      error: (r, e) => ((e * 3 + r) % 17) / 4,
    },
    40,
  );
  const records = recordsOf(tape);

  it('of each patience are those of its replay', () => {
    for (const restore_best_weights of [true, false]) {
      const settings = kerasPolicy({ min_delta: 0.25, restore_best_weights });
      const points = counterPoints(records, settings, RULES, 50, [1, 3, 10, 60]);
      const expected = [1, 3, 10, 60].map((patience) =>
        pointOf(judge(records, replayTape(tape, { ...settings, patience }, RULES), 50)),
      );
      expect(points).toEqual(expected);
    }
  });

  it('of a policy: mean error of what is kept, mean compute, a diverged replica left out', () => {
    // After 30 epochs the lowest validation losses of the four are those of the epochs found by hand below.
    const lowest = records.map(({ curves }) => {
      const values = Array.from(curves['validation-loss']!).slice(0, 30) as number[];
      return values.indexOf(Math.min(...values.filter((v) => !Number.isNaN(v))));
    });
    const errors = lowest.map((e, r) => ((e * 3 + r) % 17) / 4);
    const policy = { rule: 'budget', monitor: 'validation-loss', epochs: 30, mode: 'auto' } as const;
    const point = pointOf(judge(records, replayPolicy(records, policy, RESEARCH), 50));
    expect(point.error).toBeCloseTo(errors.reduce((a, b) => a + b) / 4, 12);
    expect([point.epochs, point.compute]).toEqual([30, 0.6]);
    const late = judge(
      records,
      records.map(() => ({ stop: 39, restored: 39 })),
      50,
    );
    expect(Number.isNaN(late.errors[3])).toBe(true);
    expect(late.error!.value).toBeCloseTo([0, 1, 2].reduce((sum, r) => sum + ((39 * 3 + r) % 17) / 4, 0) / 3, 12);
  });

  it('need an error to be judged by', () => {
    expect(() => judge([{ ...records[0]!, error: null }], [{ stop: 0, restored: 0 }], 5)).toThrow('has no test error');
  });
});
