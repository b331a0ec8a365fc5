/** @file For tests: what happens in the lesson "What is it worth?". */
import { estimate, paired } from '../../decomposition/estimate.ts';
import { errorsWithin } from '../../evaluation/error-by-flops.ts';
import type { CourseRun } from './course-run.ts';
import type { LessonEffect } from './lesson.testing.ts';

const at = (run: CourseRun | undefined, budget: number) => errorsWithin(run!.tape, budget)!;

export const WORTH_EFFECTS: readonly LessonEffect[] = [
  {
    name: 'error at 8 MFLOP, width 32 minus width 8',
    of: ([small, , large]) => paired(at(large, 8e6), at(small, 8e6))!,
    within: [0.045, 0.09],
  },
  {
    name: 'error at 8 MFLOP, width 16 minus width 8',
    of: ([small, middle]) => paired(at(middle, 8e6), at(small, 8e6))!,
    within: [0.01, 0.045],
  },
  {
    name: 'error of width 8 minus width 16, at 60 MFLOP minus at 8 MFLOP',
    of: ([small, middle]) => {
      const early = at(small, 8e6).map((error, r) => error - at(middle, 8e6)[r]!);
      return estimate(at(small, 60e6).map((error, r) => error - at(middle, 60e6)[r]! - early[r]!))!;
    },
    within: [0.025, 0.08],
  },
];
