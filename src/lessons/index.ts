/** @file All lessons, in the order of the list. */
import type { Lesson } from './lesson.ts';
import { whenToStop } from './when-to-stop.ts';

export const LESSONS: readonly Lesson[] = [whenToStop];

export function lessonOf(id: string): Lesson | undefined {
  return LESSONS.find((lesson) => lesson.id === id);
}
