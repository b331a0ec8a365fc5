/** @file For tests: what happens in the lesson "Which weights do you keep?". */
import type { LessonEffect } from './lesson.testing.ts';
import { costOfLast, patienceRow } from './patiences.ts';

export const WHICH_WEIGHTS_EFFECTS: readonly LessonEffect[] = [
  {
    name: 'patience 2: error of the last weights minus that of the best',
    of: ([run]) => costOfLast(patienceRow(run!, 2)),
    within: [0.2, 0.45],
  },
  {
    name: 'patience 3: error of the last weights minus that of the best',
    of: ([run]) => costOfLast(patienceRow(run!, 3)),
    within: [0.12, 0.35],
  },
];
