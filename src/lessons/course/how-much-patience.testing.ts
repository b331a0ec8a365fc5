/** @file For tests: what happens in the lesson "How much patience?". */
import { paired } from '../../decomposition/estimate.ts';
import type { CourseRun } from './course-run.ts';
import type { LessonEffect } from './lesson.testing.ts';

const errors = (run: CourseRun, patience: number) => run.withPatience(patience).stop.decomposition!.perReplica;

export const HOW_MUCH_PATIENCE_EFFECTS: readonly LessonEffect[] = [
  {
    name: 'error, patience 1 minus patience 30',
    of: ([run]) => paired(errors(run!, 1), errors(run!, 30))!,
    within: [0.03, 0.09],
  },
  {
    name: 'error, patience 3 minus patience 30',
    of: ([run]) => paired(errors(run!, 3), errors(run!, 30))!,
    within: [0.015, 0.04],
  },
];
