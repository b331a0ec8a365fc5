/** @file The found rule's comparison in a sentence. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY, type Policy } from '../../engine/experiment/experiment.ts';
import type { Rival, ComparisonResult } from '../../evaluation/find-rule.ts';
import { rivals } from '../../stopping/candidates.ts';
import { comparisonInWords } from './found-words.ts';

const KERAS = rivals('validation-loss')[0]!;

const words = (results: ComparisonResult[], page: Policy = KERAS) =>
  comparisonInWords(
    rivals('validation-loss').map((policy, i): Rival => ({
      policy,
      result: results[i]!,
      error: null,
      epochs: 1,
      difference: null,
      reach: null,
    })),
    16,
    page,
  );

describe('comparisonInWords', () => {
  it.each<[[ComparisonResult, ComparisonResult, ComparisonResult], string]>([
    [
      ['level', 'level', 'level'],
      'its difference to Keras with patience 5, 10 and 20 is not significant: 16 replicas cannot tell them apart.',
    ],
    [
      ['behind', 'level', 'behind'],
      'it is significantly better than Keras with patience 5 and 20; its difference to Keras with patience 10 is not significant: 16 replicas cannot tell them apart.',
    ],
    [
      ['same', 'unknown', 'ahead'],
      'it is significantly worse than Keras with patience 20: it only looked best where it was chosen; Keras with patience 5 gives exactly the same result; too few replicas stayed finite to compare it with Keras with patience 10.',
    ],
  ])('%s', (results, sentence) => {
    expect(words(results)).toBe(`On the 16 held-out replicas ${sentence}`);
  });

  it('says in what the rivals differ from the rule of the page', () => {
    expect(words(['same', 'same', 'same'], DEFAULT_POLICY)).toBe(
      'On the 16 held-out replicas Keras with patience 5, 10 and 20 (min delta 0) gives exactly the same result.',
    );
  });
});
