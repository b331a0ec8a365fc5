/** @file The lessons of the course in their order; each is loaded when it is opened. */
import type { CourseLesson } from './lesson.ts';

export interface ListedLesson {
  id: string;
  load: () => Promise<CourseLesson>;
}

export const COURSE_LESSONS: readonly ListedLesson[] = [
  { id: 'when-to-stop', load: async () => (await import('./when-to-stop.ts')).whyStop },
  { id: 'how-much-patience', load: async () => (await import('./how-much-patience.ts')).howMuchPatience },
  { id: 'which-weights', load: async () => (await import('./which-weights.ts')).whichWeights },
  { id: 'another-network', load: async () => (await import('./another-network.ts')).anotherNetwork },
  { id: 'where-from', load: async () => (await import('./where-from.ts')).whereFrom },
  { id: 'ruler', load: async () => (await import('./ruler.ts')).trustTheRuler },
  { id: 'same-epochs', load: async () => (await import('./same-epochs.ts')).sameEpochs },
  { id: 'fooled', load: async () => (await import('./fooled.ts')).whenFooled },
  { id: 'worth', load: async () => (await import('./worth.ts')).whatItIsWorth },
  { id: 'your-own', load: async () => (await import('./your-own.ts')).yourOwnJob },
];

/** Counted from 1, as the page says it; 0 where there is none. */
export const lessonNumber = (id: string): number => COURSE_LESSONS.findIndex((lesson) => lesson.id === id) + 1;

/** The catalogues that a lesson speaks from. */
export const cataloguesOf = (id: string): string[] => ['course', id];
