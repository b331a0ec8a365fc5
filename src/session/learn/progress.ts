/** @file What a browser remembers of the lessons: step, guesses, draw of one's own, what they cost, tasks done. */
import { LESSON_STEPS, type LessonStepName } from '../../lessons/course/lesson.ts';
import type { Guesses } from '../../lessons/course/prediction.ts';
import type { Message } from '../../words/messages/message.ts';
import { localStore } from '../local-storage.ts';

/** `first` is whether the first answer was right; null where the question was passed over. */
export interface Observed {
  first: boolean | null;
}

export interface LessonProgress {
  step: LessonStepName;
  guesses: Guesses;
  /** Whether what happened was asked; null before. */
  observed: Observed | null;
  /** Ids of the tasks done. */
  tasks: readonly string[];
  /** The option last chosen in the transfer question, and on which visit (a day); null before. */
  transfer: { option: string; day: string } | null;
  /** A seed of this browser's own, drawn once. */
  own: number | null;
  /** What came of it, and when; null until it was seen. */
  result: { summary: Message; day: string } | null;
}

export const NO_PROGRESS: LessonProgress = {
  ...{ step: 'ask', guesses: {}, observed: null, tasks: [], transfer: null, own: null, result: null },
};

const PREFIX = 'patience-lesson-';
const VERSION = 1;

/** What is kept of a lesson; nothing where nothing is, or where it was kept by another version of the page. */
export function rememberedOf(lesson: string, store: Storage | null = localStore()): LessonProgress {
  const text = store?.getItem(PREFIX + lesson);
  if (!text) return NO_PROGRESS;
  const kept = parsed(text);
  return kept !== null && kept.version === VERSION && isStep(kept.step) ? { ...NO_PROGRESS, ...kept } : NO_PROGRESS;
}

export function remember(lesson: string, progress: LessonProgress, store: Storage | null = localStore()): void {
  store?.setItem(PREFIX + lesson, JSON.stringify({ version: VERSION, ...progress }));
}

/** Everything that the page keeps in the small storage; kept runs are elsewhere, and stay. */
export function forgetEverything(store: Storage | null = localStore()): void {
  if (!store) return;
  const keys = Array.from({ length: store.length }, (_, i) => store.key(i)!);
  for (const key of keys) if (key.startsWith('patience-')) store.removeItem(key);
}

const isStep = (value: unknown): value is LessonStepName => LESSON_STEPS.some((step) => step === value);

function parsed(text: string): (Partial<LessonProgress> & { version?: unknown }) | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null; // Cut short by a full storage: there is nothing in it to go on with.
  }
}
