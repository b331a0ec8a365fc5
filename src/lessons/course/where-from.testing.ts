/** @file For tests: what happens in the lesson "Where does the error come from?". */
import type { CourseRun } from './course-run.ts';
import type { LessonEffect } from './lesson.testing.ts';
import { apart } from './miss.ts';
import { crossing } from './where-from.ts';

const term = (run: CourseRun, name: 'bias2' | 'variance') => {
  const last = run.outcomeNow().last.decomposition!;
  return { value: last[name]!, se: last[`${name}Se`] };
};

export const WHERE_FROM_EFFECTS: readonly LessonEffect[] = [
  {
    name: 'last variance, 30 points minus 120',
    of: ([base, more]) => apart(term(base!, 'variance'), term(more!, 'variance')),
    within: [0.09, 0.16],
  },
  {
    name: 'last bias², 2 units minus 24 and 24',
    of: ([base, , narrow]) => apart(term(narrow!, 'bias2'), term(base!, 'bias2')),
    within: [0.05, 0.08],
  },
  {
    name: 'error, 120 points: stop at the crossing minus the least',
    of: ([, more]) => more!.commonStop(crossing(more!)!).stop.regret!,
    within: [0.005, 0.03],
  },
];
