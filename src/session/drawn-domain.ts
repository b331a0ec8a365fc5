/** @file The inputs that a picture spans: those worth drawing, and those of the test where `data.shift` moves it. */
import type { GeneratedDataset } from '../../datasets/contract.ts';
import type { Experiment } from '../engine/experiment/experiment.ts';
import type { Standardisation } from '../engine/data/standardisation.ts';

/** The shift goes up in every input, by that many of the standard deviations that the inputs are standardised with. */
export function drawnDomain(
  { domain }: GeneratedDataset,
  { shift }: Pick<Experiment['data'], 'shift'>,
  { sd }: Pick<Standardisation, 'sd'>,
): GeneratedDataset['domain'] {
  return domain.map(([low, high], j) => [low, high + shift * sd[j]!]);
}
