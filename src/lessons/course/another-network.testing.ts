/** @file For tests: what happens in the lesson "Would another network stop at the same time?". */
import { estimate, paired } from '../../decomposition/estimate.ts';
import type { LessonEffect } from './lesson.testing.ts';
import { stopsOf } from './stops.ts';

export const ANOTHER_NETWORK_EFFECTS: readonly LessonEffect[] = [
  {
    name: 'how many times the median stop a stop is, or the other way round, as a logarithm to base 2',
    of: ([run]) => {
      const { stops } = stopsOf(run!, 20, 0);
      const sorted = [...stops].sort((a, b) => a - b);
      const median = (sorted[15]! + sorted[16]!) / 2;
      return estimate(stops.map((stop) => Math.abs(Math.log2(stop / median))))!;
    },
    within: [0.5, 2],
  },
  {
    name: 'error, min delta 0.3 minus min delta 0',
    of: ([run]) => {
      const errors = (delta: number) => run!.withPatience(20, { min_delta: delta }).stop.decomposition!.perReplica;
      return paired(errors(0.3), errors(0))!;
    },
    within: [0.05, 0.15],
  },
];
