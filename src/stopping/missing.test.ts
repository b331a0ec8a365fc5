/** @file Measures that a policy needs and a record lacks. */
import { expect, it } from 'vitest';
import * as edit from './edit-policy.ts';
import { missingInWords } from './missing.ts';
import { measuresOf } from './monitors.ts';
import { RULES } from './rules/index.ts';

const policyOf = (input: unknown) => edit.policyOf(input, RULES);

const numbers = measuresOf({ classification: false, gradients: false });
const gradients = measuresOf({ classification: false, gradients: true });

it('says nothing of a policy that can be replayed, whatever comes next', () => {
  const policy = policyOf({ any: [{ rule: 'keras', monitor: 'training-loss' }, { rule: 'gap' }] });
  expect(missingInWords(policy, RULES, numbers, numbers)).toBeNull();
  expect(missingInWords(policy, RULES, null, numbers)).toBeNull();
  expect(missingInWords(policyOf({ rule: 'evidence' }), RULES, gradients, numbers)).toBeNull();
});

it.each([
  [{ rule: 'evidence' }, /gradient evidence, recorded only while gradient noise is measured: switch that on/],
  [{ all: [{ rule: 'gl' }, { rule: 'label-wave' }] }, /prediction changes, recorded only where there are classes/],
  [{ rule: 'keras', monitor: 'validation-f1' }, /needs validation f1, recorded only where there are classes/],
])('%j cannot be replayed on a regression, and what to do is said', (input, words) => {
  expect(missingInWords(policyOf(input), RULES, numbers, numbers)).toMatch(words);
  expect(missingInWords(policyOf(input), RULES, null, numbers)).toMatch(words);
});

it('asks for another training where that will record it', () => {
  expect(missingInWords(policyOf({ rule: 'evidence' }), RULES, numbers, gradients)).toBe(
    'The rule needs gradient evidence, which the run on screen did not record; press Train.',
  );
});
