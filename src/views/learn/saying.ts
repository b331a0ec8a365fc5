/** @file The one sentence of a step: what a projector shows, and what a screen reader hears on entering it. */
import type { LessonStepName } from '../../lessons/course/lesson.ts';
import type { LessonSession } from '../../session/learn/lesson-session.svelte.ts';
import type { Message } from '../../words/messages/message.ts';

/** Null where it is not known yet. */
export function sayingOf(
  session: LessonSession,
  step: LessonStepName,
  say: (message: Message) => string,
): string | null {
  const { lesson } = session;
  switch (step) {
    case 'ask':
      return say(lesson.question);
    case 'predict':
      return lesson.predictions.map(({ ask }) => say(ask)).join(' ');
    case 'train':
      return lesson.steps.train.text(session.scene).map(say).join(' ');
    case 'see':
      if (!session.complete) return null;
      if (session.observation !== 'done') return say(lesson.observation.question(session.scene));
      return session.answer!.reveal.map(say).join(' ');
    case 'try':
      return session.complete ? lesson.steps.try.text(session.scene).map(say).join(' ') : null;
    default:
      return step satisfies never;
  }
}
