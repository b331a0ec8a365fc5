/** @file For tests: what happens in the lesson "And on your own job?". */
import { paired } from '../../decomposition/estimate.ts';
import type { LessonEffect } from './lesson.testing.ts';

export const YOUR_OWN_EFFECTS: readonly LessonEffect[] = [
  {
    name: 'error, validation points trained on minus honest',
    of: ([honest, leaked]) => {
      const [a, b] = [honest!, leaked!].map((run) => run.outcomeNow().stop.decomposition!.perReplica);
      return paired(b!, a!)!;
    },
    within: [0.09, 0.17],
  },
  {
    name: 'wrong labels: error at the end minus as stopped',
    of: ([honest]) => honest!.outcomeNow().costOfGoingOn!,
    within: [0.08, 0.17],
  },
];
