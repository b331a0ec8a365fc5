/** @file For tests: what happens in the lesson "Are these the same five epochs?". */
import { paired } from '../../decomposition/estimate.ts';
import type { Policy } from '../../engine/experiment/experiment.ts';
import type { CourseRun } from './course-run.ts';
import type { LessonEffect } from './lesson.testing.ts';
import { PATIENCE_IN_UPDATES } from './same-epochs.ts';

const errors = (run: CourseRun | undefined, policy?: Policy) => run!.outcomeNow(policy).stop.decomposition!.perReplica;

export const SAME_EPOCHS_EFFECTS: readonly LessonEffect[] = [
  {
    name: 'patience 5 epochs: error of the full batch minus batch 4',
    of: ([, four, full]) => paired(errors(full), errors(four))!,
    within: [0.08, 0.15],
  },
  {
    name: 'patience 100 updates: error of the full batch minus batch 4',
    of: ([, four, full]) => paired(errors(full, PATIENCE_IN_UPDATES), errors(four, PATIENCE_IN_UPDATES))!,
    within: [-0.06, -0.015],
  },
  {
    name: 'full batch: error by patience in epochs minus in updates',
    of: ([, , full]) => paired(errors(full), errors(full, PATIENCE_IN_UPDATES))!,
    within: [0.14, 0.22],
  },
];
