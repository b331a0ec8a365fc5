/** @file What the parts of an open lesson share: the session, the options of its address, and how its steps are reached. */
import { getContext, setContext } from 'svelte';
import type { LessonStepName } from '../../lessons/course/lesson.ts';
import type { LessonSession } from '../../session/learn/lesson-session.svelte.ts';
import type { LearnOptions } from '../../session/learn/lesson-place.ts';
import type { Sizes } from './figures/geometry.ts';

const VIEW = Symbol('lesson view');

export interface LessonView {
  readonly session: LessonSession;
  readonly step: LessonStepName;
  readonly options: LearnOptions;
  readonly sizes: Sizes;
  /** Without motion. */
  readonly calm: boolean;
  go(step: LessonStepName): void;
  /** Says something to a screen reader, once the hand has rested. */
  speak(text: string, waitMs?: number): void;
}

export const provideLessonView = (view: LessonView): LessonView => setContext(VIEW, view);
export const useLessonView = (): LessonView => getContext<LessonView>(VIEW);

/** The day in the reader's calendar, such as `2026-11-30`. */
export function today(): string {
  const now = new Date();
  const two = (n: number) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
