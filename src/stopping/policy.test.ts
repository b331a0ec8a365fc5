/** @file Parsing policies: what passes, and what is refused with its path. */
import { describe, expect, it } from 'vitest';
import { MONITORS } from '../engine/experiment/experiment.ts';
import { MAX_DEPTH, parsePolicy } from './policy.ts';
import { AT_HAND, namesOnly } from './rules/loaded.ts';
import { RESEARCH } from './rules/research.ts';

const problemsOf = (input: unknown) => {
  const parsed = parsePolicy(input, RESEARCH);
  return parsed.ok ? [] : parsed.problems.map(({ path, value, remedy }) => [path, value, remedy]);
};

describe('parsePolicy', () => {
  it('fills in what is left out', () => {
    expect(parsePolicy({ rule: 'budget', epochs: 7 }, RESEARCH)).toEqual({
      ok: true,
      policy: { rule: 'budget', monitor: 'validation-loss', epochs: 7, mode: 'auto' },
    });
  });

  it('keeps a whole policy as it is, through JSON and back', () => {
    const first = parsePolicy(
      { any: [{ rule: 'gl', alpha: 3, monitor: 'training-loss' }, { all: [{ rule: 'up' }, { rule: 'slope' }] }] },
      RESEARCH,
    );
    expect(first.ok && parsePolicy(JSON.parse(JSON.stringify(first.policy)), RESEARCH)).toEqual(first);
  });

  it('reports every wrong field by its path, with what it holds and the remedy', () => {
    expect(
      problemsOf({
        all: [
          { rule: 'ema-patience', patience: -1, minDelta: NaN, colour: 'red' },
          { any: [{ rule: 'gl', mode: 'down', strip: 2.5, minProgress: '1' }] },
          { rule: 'threshold', stopOnNonFinite: 1, divergence: Infinity, monitor: 'f1' },
        ],
        note: 'x',
      }),
    ).toEqual([
      ['policy.note', 'x', 'is not a known field beside all; remove it'],
      ['policy.all.0.minDelta', NaN, 'must be a number from 0 to 1000000'],
      ['policy.all.0.patience', -1, 'must be a whole number from 1 to 1000000'],
      [
        'policy.all.0.colour',
        'red',
        'is not a known field of ema-patience; remove it or use decay, minDelta, patience, mode',
      ],
      ['policy.all.1.any.0.mode', 'down', 'must be one of auto, min, max'],
      ['policy.all.1.any.0.strip', 2.5, 'must be a whole number from 1 to 1000'],
      ['policy.all.1.any.0.minProgress', '1', 'must be null or a number from 0 to 1000000'],
      ['policy.all.2.monitor', 'f1', `must be one of ${MONITORS.join(', ')} for threshold`],
      ['policy.all.2.divergence', Infinity, 'must be null or a number from -1000000000 to 1000000000'],
      ['policy.all.2.stopOnNonFinite', 1, 'must be true or false'],
    ]);
  });

  it('refuses what is no policy at all', () => {
    const form = 'must be an object like {"rule": …} or {"any": […]} or {"all": […]}';
    expect(problemsOf(null)).toEqual([['policy', null, form]]);
    expect(problemsOf([])).toEqual([['policy', [], form]]);
    expect(problemsOf({})).toEqual([['policy', {}, 'must have exactly one of the fields rule, any, all']]);
    expect(problemsOf({ any: [] })).toEqual([['policy.any', [], 'must be a list of 1 to 16 policies']]);
    expect(problemsOf({ rule: 'magic' })[0]!.slice(0, 2)).toEqual(['policy.rule', 'magic']);
    expect(problemsOf({ rule: 'toString' })[0]![2]).toContain('must be one of gl, pq, up');
    expect(problemsOf({ rule: 'gap', monitor: 'validation-accuracy' })).toEqual([
      ['policy.monitor', 'validation-accuracy', 'must be validation-loss for gap'],
    ]);
  });

  it('refuses bottomless nesting', () => {
    const nested = (depth: number): unknown => (depth === 1 ? { rule: 'budget' } : { any: [nested(depth - 1)] });
    expect(problemsOf(nested(MAX_DEPTH))).toEqual([]);
    expect(problemsOf(nested(MAX_DEPTH + 1))[0]![2]).toBe(`must not be nested more than ${MAX_DEPTH} deep`);
    expect(problemsOf(nested(1000))).toHaveLength(1);
  });

  it('ends with a policy that holds itself, however often', () => {
    const circle: { any: unknown[] } = { any: [] };
    circle.any.push(...Array.from({ length: 16 }, () => circle));
    const found = problemsOf(circle);
    expect(found.length).toBeLessThan(300);
    expect(found.some(([, , remedy]) => String(remedy).includes('256 rules and groups'))).toBe(true);
    expect(namesOnly(circle, AT_HAND)).toBe(true);
  });

  it('takes as many rules and groups as that, and no more', () => {
    const group = (count: number) => ({ any: Array.from({ length: count }, () => ({ rule: 'budget' })) });
    const groups = [...Array.from({ length: 14 }, () => group(16)), group(15)];
    expect(problemsOf({ any: [...groups, { rule: 'budget' }] })).toEqual([]);
    const more = problemsOf({ any: [...groups, group(16)] });
    expect(more).toHaveLength(1);
    expect(more[0]!.slice(0, 2)).toEqual(['policy.any.15.any.0', { rule: 'budget' }]);
  });
});
