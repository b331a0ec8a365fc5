/** @file For tests: what happens in the lesson "When is patience fooled?". */
import { paired } from '../../decomposition/estimate.ts';
import { descentOf, errorBetween } from './fooled.ts';
import type { LessonEffect } from './lesson.testing.ts';

export const FOOLED_EFFECTS: readonly LessonEffect[] = [
  {
    name: 'plateau: error by patience 10 minus the least',
    of: ([plateau]) => plateau!.outcomeNow().stop.regret!,
    within: [0.09, 0.12],
  },
  {
    name: 'rate drop: error by patience 10 minus at the end',
    of: ([, drop]) => {
      const { stop, last } = drop!.outcomeNow();
      return paired(stop.decomposition!.perReplica, last.decomposition!.perReplica)!;
    },
    within: [0.05, 0.09],
  },
  {
    name: 'double descent: error at the peak minus at the first lowest',
    of: ([, , descent]) => errorBetween(descent!, descentOf(descent!).peak, descentOf(descent!).first),
    within: [0.3, 1],
  },
  {
    name: 'double descent: error at the peak minus at the end',
    of: ([, , descent]) => errorBetween(descent!, descentOf(descent!).peak, descentOf(descent!).end),
    within: [0.7, 1.6],
  },
];
