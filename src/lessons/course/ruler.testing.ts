/** @file For tests: what happens in the lesson "How far can you trust the ruler?". */
import type { LessonEffect } from './lesson.testing.ts';
import { betweenRulers, promiseGap } from './promises.ts';

export const RULER_EFFECTS: readonly LessonEffect[] = [
  { name: '5 points: promise minus truth', of: ([few]) => promiseGap(few!), within: [-0.12, -0.05] },
  {
    name: 'promise of 5 points minus that of 200',
    of: ([few, , many]) => betweenRulers(few!, many!, 'promise'),
    within: [-0.07, -0.02],
  },
  {
    name: 'truth of what 5 points keep minus that of 200',
    of: ([few, , many]) => betweenRulers(few!, many!, 'truth'),
    within: [0.02, 0.07],
  },
];
