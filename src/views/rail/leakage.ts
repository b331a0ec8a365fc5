/** @file Says how many validation and test points a replica also trains on. */
import { leakedPoints, type Experiment } from '../../engine/experiment/experiment.ts';
import type { Leakage } from '../../engine/data/leakage.ts';

/** Whether points are shared that were not put there by `data.leakage`: rows that the table holds more than once. */
export function repeatsRows(found: Leakage, data: Experiment['data']): boolean {
  const asked = leakedPoints({ data }) / data.validationSize;
  return found.validation.some((share) => share > asked) || found.test.some((share) => share > 0);
}

/** How many points are shared, what that does, and what helps; empty where none is. Any resampling finds the repeats. */
export function leakageInWords(found: Leakage, data: Experiment['data']): string {
  const validation = mean(found.validation);
  const test = mean(found.test);
  const points = [
    ...(validation > 0 ? [`${percent(validation)} of a replica’s validation points`] : []),
    ...(test > 0 ? [`${percent(test)} of the test points`] : []),
  ];
  if (points.length === 0) return '';
  const whose = validation > 0 ? 'its' : 'a replica’s';
  const seems =
    points.length > 1 ? 'both losses look too low' : `the ${validation > 0 ? 'validation' : 'test'} loss looks too low`;
  const fact = `On average ${points.join(' and ')} are also in ${whose} training set: ${seems}.`;
  return `${fact} ${remedy(repeatsRows(found, data), data)}`;
}

function remedy(repeats: boolean, { own, leakage }: Experiment['data']): string {
  if (!repeats) return 'Leakage 0 undoes it.';
  const beyond = leakage > 0 ? ', beyond the leakage asked for' : '';
  return own ? `The file repeats rows${beyond}: load it with one of each.` : `The table repeats rows${beyond}.`;
}

const mean = (shares: Float64Array) => shares.reduce((sum, share) => sum + share, 0) / shares.length;

/** Two digits say enough. */
const percent = (share: number) => `${Number((100 * share).toPrecision(2))}\u00a0%`;
