/** @file The door Learn: one engine for all lessons, the lesson that is open, and what is remembered of the others. */
import { cataloguesOf, COURSE_LESSONS } from '../../lessons/course/index.ts';
import { SHOWN_SEED } from '../../lessons/course/experiments.ts';
import { translatorFor, type LanguageName } from '../../words/messages/languages.ts';
import type { Translator } from '../../words/messages/translator.ts';
import { lasting } from '../lasting.svelte.ts';
import { loadPart } from '../load-part.ts';
import { MOST_SEED, type LearnOptions } from './lesson-place.ts';
import { LessonSession } from './lesson-session.svelte.ts';
import { remember, rememberedOf, type LessonProgress } from './progress.ts';
import { RunQueue } from './run-queue.svelte.ts';

export class Learn {
  readonly queue = new RunQueue();
  #session = $state.raw<LessonSession | null>(null);

  /** The lesson that is open; null before one is. */
  get session(): LessonSession | null {
    return this.#session;
  }

  progressOf(id: string): LessonProgress {
    return this.#session?.lesson.id === id ? this.#session.progress : rememberedOf(id);
  }

  /** Opens a lesson, or goes on with it where it is open; another one is closed. Null if that is not wanted any more. */
  async open(id: string, draw: LearnOptions['draw'], wanted: () => boolean): Promise<LessonSession | null> {
    const seed = seedOf(id, draw);
    const before = this.#session;
    if (before?.lesson.id === id && before.seed === seed) return before;
    const listed = COURSE_LESSONS.find((lesson) => lesson.id === id);
    if (!listed) throw new Error(`The course has no lesson "${id}".`);
    const lesson = await loadPart(() => listed.load());
    if (!wanted()) return null;
    this.#session?.close();
    const kept = rememberedOf(id);
    this.#session = lasting(() => new LessonSession({ lesson, queue: this.queue, kept, seed }));
    return this.#session;
  }

  /** Lets the open lesson go, with all that it trained. */
  close(): void {
    this.#session?.close();
    this.#session = null;
  }
}

/** The texts of the door, and of these lessons. */
export const learnWords = (language: LanguageName, lessons: readonly string[]): Promise<Translator> =>
  loadPart(() => translatorFor(language, ['learn', ...new Set(lessons.flatMap(cataloguesOf))]));

/** One's own is drawn once, and kept with the lesson, so that a reload shows the same run. */
function seedOf(id: string, draw: LearnOptions['draw']): number {
  if (draw === null) return SHOWN_SEED;
  if (draw !== 'each') return draw;
  const kept = rememberedOf(id);
  if (kept.own !== null) return kept.own;
  const own = crypto.getRandomValues(new Uint32Array(1))[0]! % MOST_SEED;
  remember(id, { ...kept, own });
  return own;
}

let learn: Learn | undefined;

/** The one that lasts as long as the page. */
export const learnDoor = (): Learn => (learn ??= lasting(() => new Learn()));
