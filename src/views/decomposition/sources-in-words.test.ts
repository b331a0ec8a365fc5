/** @file The sentence on what was drawn: what these replicas tell, and nothing else. */
import { expect, it } from 'vitest';
import { sourcesInWords } from './sources-in-words.ts';

const none = { value: 0, se: null };
const sources = {
  ...{ error: none, noise: 0, bias2: none, seeds: null, interaction: null },
  variance: { value: 0.0244, se: 0.004 },
};

it('says each part with its error, and leaves out what is not known', () => {
  const sampling = { value: 0.007, se: 0.0037 };
  const optimisation = { value: -0.0004, se: null };
  const validation = { value: 0.0128, se: 0.0024 };
  expect(sourcesInWords({ ...sources, sampling, optimisation, validation }, 3)).toBe(
    'The variance as stopped, 0.024, by what was drawn: 0.007 ± 0.004 training data, 0.000 initial weights and order, 0.013 ± 0.002 noisy validation set.',
  );
  expect(sourcesInWords({ ...sources, sampling: null, optimisation: null, validation }, 2)).toBe(
    'The variance as stopped, 0.02, by what was drawn: 0.01 ± 0.00 noisy validation set.',
  );
  expect(sourcesInWords({ ...sources, sampling: null, optimisation: null, validation: null }, 2)).toBe('');
});
