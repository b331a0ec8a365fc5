/** @file What was set of a rule goes over to the next one, and comes back over rules that have nothing like it. */
import { expect, it } from 'vitest';
import { DEFAULT_POLICY, type Policy } from '../engine/experiment/experiment.ts';
import { RULES } from '../stopping/rules/index.ts';
import { RuleMemory } from './rule-memory.ts';

function memoryOf(...policies: Policy[]): RuleMemory {
  const memory = new RuleMemory();
  for (const policy of policies) memory.note(policy, RULES);
  return memory;
}

it('carries patience and min delta over rules that have none of them, and back', () => {
  const memory = memoryOf({ ...DEFAULT_POLICY, patience: 7, baseline: 0.5 });
  const budget = memory.rule('budget', 'validation-loss', RULES);
  memory.note({ ...budget, epochs: 30 }, RULES);
  memory.note(memory.rule('gl', 'validation-loss', RULES), RULES);
  // As it was left, with what has no role too.
  expect(memory.rule('keras', 'validation-loss', RULES)).toEqual({ ...DEFAULT_POLICY, patience: 7, baseline: 0.5 });
  expect(memory.rule('budget', 'validation-loss', RULES)).toMatchObject({ epochs: 30 });
  const lightgbm = memory.rule('lightgbm', 'validation-loss', RULES);
  expect(lightgbm).toMatchObject({ stopping_rounds: 7, min_delta: 0.001 });
  memory.note({ ...lightgbm, stopping_rounds: 11 }, RULES);
  expect(memory.rule('keras', 'validation-loss', RULES)).toMatchObject({ patience: 11, baseline: 0.5 });
});

it('watches what the rule in its place watched, where it makes sense of that', () => {
  const memory = memoryOf(DEFAULT_POLICY);
  expect(memory.rule('keras', 'validation-f1', RULES).monitor).toBe('validation-f1');
  expect(memory.rule('gap', 'validation-f1', RULES).monitor).toBe('validation-loss');
});

it('says nothing of a group', () => {
  const memory = memoryOf({ ...DEFAULT_POLICY, patience: 7 }, { any: [{ ...DEFAULT_POLICY, patience: 9 }] });
  expect(memory.rule('keras', 'validation-loss', RULES).patience).toBe(7);
});

it('knows how far the numbers of the rule in place went, and begins anew with another rule', () => {
  const policies = [213, 60, 90].map((patience) => ({ ...DEFAULT_POLICY, patience }));
  const memory = memoryOf(...policies);
  expect(memory.reach).toEqual({ counter: [60, 213], margin: [0.001, 0.001] });
  memory.note({ ...DEFAULT_POLICY, rule: 'tfjs', patience: 5, minDelta: 0 }, RULES);
  expect(memory.reach.counter).toEqual([5, 5]);
  memory.note({ rule: 'gl', monitor: 'validation-loss', alpha: 5 }, RULES);
  expect(memory.reach.counter).toEqual([]);
});
