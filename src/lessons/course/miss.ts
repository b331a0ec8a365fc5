/** @file Answers without a prediction, and by how much a guessed number misses what was measured. */
import type { Estimate } from '../../decomposition/estimate.ts';
import type { Message } from '../../words/messages/message.ts';
import type { CourseAnswer } from './lesson.ts';
import { sayInCourse } from './say.ts';

/** The guess is exact, so the standard error is that of what was measured. */
export const missOf = (guess: number, { value, se }: Estimate): Estimate => ({ value: guess - value, se });

/** Where nothing was predicted there is nothing to score. */
export const unpredicted = (truth: string, reveal: readonly Message[]): CourseAnswer => ({
  ...{ said: null, truth, cost: null, grade: null, reveal, bar: null },
  summary: sayInCourse('stop.summary-none'),
});

/** Both uncertain and of different runs, whose replicas share nothing. */
export function apart(a: Estimate, b: Estimate): Estimate {
  const se = a.se === null || b.se === null ? null : Math.hypot(a.se, b.se);
  return { value: a.value - b.value, se };
}
