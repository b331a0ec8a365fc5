/** @file What the list of lessons shows, kept from the runs of the lessons so that nothing trains for it; `npm run listed` writes it. */
import type { Message } from '../../words/messages/message.ts';
import type { Sketch } from './figure.ts';
import type { CourseLesson, LessonScene } from './lesson.ts';

export interface ListedCourseLesson {
  minutes: number;
  question: Message;
  finding: Message;
  sketch: Sketch;
}

const FILES = import.meta.glob<ListedCourseLesson>('./listed/*.json', { eager: true, import: 'default' });

/** By the lesson's id. */
export const LISTED: Readonly<Record<string, ListedCourseLesson | undefined>> = Object.fromEntries(
  Object.entries(FILES).map(([path, listed]) => [path.replace(/^.*\/|\.json$/g, ''), listed]),
);

/** From the runs of the shown seed, without any guess. */
export const listedOf = (lesson: CourseLesson, scene: LessonScene): ListedCourseLesson => ({
  minutes: lesson.minutes,
  question: lesson.question,
  finding: lesson.finding(scene),
  sketch: lesson.sketch(scene),
});
