/** @file What each draw adds to the variance as stopped, as a sentence under the decomposition. */
import type { Estimate } from '../../decomposition/estimate.ts';
import type { VarianceSources } from '../../decomposition/variance-sources.ts';
import { fixed } from '../../words/numbers.ts';

/** Terms that the replicas do not tell are left out. */
export function sourcesInWords(
  { variance, sampling, optimisation, validation }: VarianceSources,
  places: number,
): string {
  const write = ({ value, se }: Estimate) => `${fixed(value, places)}${se === null ? '' : ` ± ${fixed(se, places)}`}`;
  const parts = [
    sampling && `${write(sampling)} training data`,
    optimisation && `${write(optimisation)} initial weights and order`,
    validation && `${write(validation)} noisy validation set`,
  ].filter((part) => part !== null);
  if (parts.length === 0) return '';
  return `The variance as stopped, ${fixed(variance.value, places)}, by what was drawn: ${parts.join(', ')}.`;
}
