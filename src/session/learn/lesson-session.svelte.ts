/**
 * @file A lesson that is open: its runs, what the reader predicted, saw and tried. Nothing here draws or speaks.
 * Long: all that a lesson's steps share is decided here, a third of it getters of a line or two.
 */
import { at, set } from '../../engine/experiment/tree.ts';
import type { Experiment } from '../../engine/experiment/experiment.ts';
import { parse } from '../../engine/experiment/schema.ts';
import type { CourseRun } from '../../lessons/course/course-run.ts';
import { experimentOf, SHOWN_SEED } from '../../lessons/course/experiments.ts';
import type { CourseAnswer, CourseLesson, LessonHand, LessonScene } from '../../lessons/course/lesson.ts';
import type { LessonStepName } from '../../lessons/course/lesson.ts';
import type { Guess, Guesses } from '../../lessons/course/prediction.ts';
import type { WordEffect } from '../../words/messages/effects.ts';
import { pageTimer, type Timer } from '../timer.ts';
import { remember, type LessonProgress } from './progress.ts';
import type { QueuedRun, RunQueue } from './run-queue.svelte.ts';

/** ms that the hand has to rest before a task ticks itself. */
const REST_MS = 350;
/** ms that the curves take to grow at Train, if training is not slower. */
export const GROWTH_MS = 4000;
/** Runs of Try that are kept; the oldest gives way. */
const MOST_TRIED = 6;

const FIRST_HAND: LessonHand = {
  ...{ patience: 20, minDelta: 0, restore: true, replica: 1, epoch: null, run: 1, axis: 'epochs' },
};

/** A timer that also knows when the next frame is drawn. */
export interface LessonTimer extends Timer {
  frame(draw: () => void): void;
}
const lessonTimer: LessonTimer = { ...pageTimer, frame: (draw) => void requestAnimationFrame(draw) };

interface SessionParts {
  lesson: CourseLesson;
  queue: RunQueue;
  kept: LessonProgress;
  seed: number;
  timer?: LessonTimer;
}

export class LessonSession {
  readonly lesson: CourseLesson;
  readonly seed: number;
  readonly #queue: RunQueue;
  readonly #timer: LessonTimer;
  readonly #runs: readonly QueuedRun[];
  #transferRuns: readonly QueuedRun[] = [];
  #triedRuns = $state.raw<readonly QueuedRun[]>([]);
  #progress = $state.raw<LessonProgress>(null!);
  #hand = $state.raw<LessonHand>(FIRST_HAND);
  #previewed = $state.raw<WordEffect | null>(null);
  #pinned = $state.raw<WordEffect | null>(null);
  /** Settings that differ from the lesson's at Try, by path. */
  #changes = $state.raw<Readonly<Record<string, unknown>>>({});
  #observation = $state<'open' | 'wrong'>('open');
  /** Counts what changes the epochs shown. */
  #growth = $state(0);
  #growing = $state(false);
  #transferOption = $state<string | null>(null);
  #rests = 0;

  constructor({ lesson, queue, kept, seed, timer = lessonTimer }: SessionParts) {
    this.lesson = lesson;
    this.seed = seed;
    this.#queue = queue;
    this.#timer = timer;
    this.#progress = kept;
    this.#runs = lesson.experiments.map((experiment) => queue.add(experimentOf(experiment, seed)));
    this.#hand = { ...FIRST_HAND, ...lesson.try.begin };
  }

  readonly scene: LessonScene = $derived.by(() => this.#sceneOf(this.#effective()));

  /** As `scene`, but at Try with the run that was tried last in the place of the lesson's own. */
  readonly shown: LessonScene = $derived.by(() => {
    const current = this.triedNow;
    if (!current?.course?.complete) return this.scene;
    return { ...this.scene, runs: this.scene.runs.with(this.lesson.try.of, current.course) };
  });

  /** What came of it; null before the runs are complete. */
  readonly answer: CourseAnswer | null = $derived.by(() => (this.complete ? this.lesson.answer(this.scene) : null));

  get guesses(): Guesses {
    return this.#progress.guesses;
  }

  get progress(): LessonProgress {
    return this.#progress;
  }

  get hand(): LessonHand {
    return this.#hand;
  }

  /** What words set or preview now. */
  get word(): WordEffect | null {
    return this.#previewed ?? this.#pinned;
  }

  get pinned(): WordEffect | null {
    return this.#pinned;
  }

  get changes(): Readonly<Record<string, unknown>> {
    return this.#changes;
  }

  /** Whether the epochs that come before the prediction are recorded. */
  get seenReady(): boolean {
    void this.#queue.version;
    return this.#runs.every((run, i) => run.course !== null && run.recorded >= this.#seen(i));
  }

  /** Whether all is recorded; it may still grow on screen. */
  get recorded(): boolean {
    void this.#queue.version;
    return this.#runs.every((run) => run.recorded === run.epochs);
  }

  /** Whether all is recorded and shown. */
  get complete(): boolean {
    return this.recorded && this.epochsShown === this.epochsInAll;
  }

  /** Epochs of all runs together. */
  get epochsInAll(): number {
    return this.#runs.reduce((sum, { epochs }) => sum + epochs, 0);
  }

  get epochsShown(): number {
    void [this.#growth, this.#queue.version];
    return this.#runs.reduce((sum, { course }) => sum + (course?.length ?? 0), 0);
  }

  /** ms that the engine took for all runs. */
  get trainedMs(): number {
    void this.#queue.version;
    return this.#runs.reduce((sum, { tape }) => sum + (tape?.elapsedMs ?? 0), 0);
  }

  get growing(): boolean {
    return this.#growing;
  }

  /** Whether some run has no finite loss any more. */
  get diverged(): boolean {
    void this.#queue.version;
    return this.#runs.some((run) => run.ended);
  }

  get predicted(): boolean {
    return Object.keys(this.guesses).length > 0;
  }

  /** Where the question of what happened stands. */
  get observation(): 'open' | 'wrong' | 'done' {
    return this.#progress.observed === null ? this.#observation : 'done';
  }

  get transferOption(): string | null {
    return this.#transferOption;
  }

  /** The runs of the transfer question, once all are complete. */
  get transferred(): readonly CourseRun[] | null {
    void this.#queue.version;
    const runs = this.#transferRuns.map(({ course }) => course);
    return runs.length > 0 && runs.every((run) => run?.complete) ? (runs as CourseRun[]) : null;
  }

  /** The run that is tried with other settings than the lesson's; null where they are the lesson's. */
  get triedNow(): QueuedRun | null {
    void this.#queue.version;
    const experiment = this.#changed();
    const key = JSON.stringify(experiment);
    return this.#triedRuns.find((run) => JSON.stringify(run.experiment) === key) ?? null;
  }

  /** Readies what the steps before the prediction show. */
  prepare(): void {
    this.#runs.forEach((run, i) => this.#queue.ask(run, this.#seen(i)));
  }

  /** Trains all runs to the end; `calm` shows them at once when they are there, else they grow for some seconds. */
  train(calm: boolean): void {
    if (this.complete || this.#growing) return;
    this.#growing = true;
    this.#runs.forEach((run, i) => {
      if (run.course) run.course.shown = Math.max(this.#seen(i), 0);
      this.#queue.ask(run, run.epochs);
    });
    void this.#grow(calm);
  }

  /** Shows whatever is recorded, now and as it comes. */
  skip(): void {
    this.#growing = false;
    for (const run of this.#runs) {
      if (run.course) run.course.shown = Infinity;
      this.#queue.ask(run, run.epochs);
    }
    this.#growth += 1;
  }

  /** Lets the curves grow once more from where the prediction was made. */
  again(calm: boolean): void {
    this.#runs.forEach((run, i) => {
      if (run.course) run.course.shown = this.#seen(i);
    });
    this.#growth += 1;
    this.#growing = false;
    this.train(calm);
  }

  retry(): void {
    this.#queue.retry();
  }

  enter(step: LessonStepName): void {
    this.#previewed = null;
    this.#pinned = null;
    this.#keep({ step });
  }

  guess(id: string, guess: Guess): void {
    this.#keep({ guesses: { ...this.guesses, [id]: guess }, observed: null });
  }

  unguess(id: string): void {
    const { [id]: _, ...guesses } = this.guesses;
    this.#keep({ guesses });
  }

  /** One click on what happened. Returns whether it was right. */
  observe(option: string): boolean {
    if (this.lesson.observation.right(this.scene) === option) {
      this.#keep({ observed: { first: this.#observation === 'open' } });
      return true;
    }
    this.#observation = 'wrong';
    return false;
  }

  passOver(): void {
    this.#keep({ observed: { first: this.#observation === 'wrong' ? false : null } });
  }

  /** Kept once it was seen. `day` is that of the reader, such as `2026-11-30`. */
  note(day: string): void {
    const { answer } = this;
    if (!answer) return;
    const result = { summary: answer.summary, day };
    if (JSON.stringify(result) !== JSON.stringify(this.#progress.result)) this.#keep({ result });
  }

  move(change: Partial<LessonHand>): void {
    this.#hand = { ...this.#hand, ...change };
    this.#pinned = null;
    this.#rest();
  }

  preview(effect: WordEffect | null): void {
    this.#previewed = effect;
  }

  /** A second time lets go. */
  pin(effect: WordEffect | null): void {
    const same = JSON.stringify(effect) === JSON.stringify(this.#pinned);
    this.#pinned = same ? null : effect;
    if (same) this.#previewed = null;
    this.#rest();
  }

  /** The value of a setting at Try. */
  setting(path: string): unknown {
    return at(this.#changed(), path.split('.'));
  }

  /** Another value of a setting; where the settings are not the lesson's own, they are trained. */
  change(path: string, value: unknown): void {
    const base = this.#runs[this.lesson.try.of]!.experiment;
    const { [path]: _, ...others } = this.#changes;
    const own = JSON.stringify(at(base, path.split('.'))) === JSON.stringify(value);
    this.#changes = own ? others : { ...others, [path]: value };
    if (Object.keys(this.#changes).length === 0) return this.#rest();
    if (!this.triedNow) this.#try(this.#changed());
    this.#rest();
  }

  transfer(option: string, day: string): void {
    this.#transferOption = option;
    this.#keep({ transfer: { option, day } });
    if (this.#transferRuns.length === 0)
      this.#transferRuns = this.lesson.transfer.experiments.map((e) => this.#queue.add(experimentOf(e, SHOWN_SEED)));
    for (const run of this.#transferRuns) this.#queue.ask(run, run.epochs);
  }

  /** The run that is looked at, with what it takes to go on with it elsewhere. */
  get inHand(): QueuedRun {
    return this.triedNow ?? this.#runs[Math.min(this.#hand.run, this.#runs.length) - 1]!;
  }

  /** Forgets the runs; the lesson is not open any more. */
  close(): void {
    this.#rests += 1;
    this.#growing = false;
    for (const run of [...this.#triedRuns, ...this.#transferRuns, ...this.#runs]) this.#queue.remove(run);
  }

  /** A figure of the steps before the prediction needs an epoch to show. */
  #seen(i: number): number {
    return Math.max(1, this.lesson.experiments[i]!.seen);
  }

  #effective(): LessonHand {
    const effect = this.word;
    switch (effect?.does) {
      case 'patience':
      case 'replica':
      case 'epoch':
      case 'run':
        return { ...this.#hand, [effect.does]: effect.value };
      default:
        return this.#hand;
    }
  }

  #sceneOf(hand: LessonHand): LessonScene {
    void [this.#queue.version, this.#growth];
    return {
      runs: this.#runs.map(({ course }) => course ?? undefined),
      guesses: this.guesses,
      hand,
      tried: this.#triedRuns.flatMap(({ course }) => (course?.complete ? [course] : [])),
    };
  }

  #changed(): Experiment {
    const base: unknown = this.#runs[this.lesson.try.of]!.experiment;
    const parsed = parse(
      Object.entries(this.#changes).reduce((tree, [path, value]) => set(tree, path.split('.'), value), base),
    );
    if (!parsed.ok) throw new Error(parsed.problems.map(({ path, remedy }) => `${path} ${remedy}`).join('; '));
    return parsed.experiment;
  }

  #try(experiment: Experiment): void {
    const run = this.#queue.add(experiment);
    const kept = [...this.#triedRuns, run];
    for (const old of kept.slice(0, -MOST_TRIED)) this.#queue.remove(old);
    this.#triedRuns = kept.slice(-MOST_TRIED);
    this.#queue.ask(run, run.epochs);
  }

  /** Ticks the tasks that hold once the hand has rested; they stay ticked. */
  #rest(): void {
    const turn = ++this.#rests;
    this.#timer.later(() => turn === this.#rests && this.checkTasks(), REST_MS);
  }

  /** Also called when a run of Try is complete. */
  checkTasks(): void {
    if (!this.complete) return;
    const scene = this.scene;
    const done = this.lesson.try.tasks.filter(
      ({ id, done: holds }) => !this.#progress.tasks.includes(id) && holds(scene),
    );
    if (done.length > 0) this.#keep({ tasks: [...this.#progress.tasks, ...done.map(({ id }) => id)] });
  }

  #keep(change: Partial<LessonProgress>): void {
    this.#progress = { ...this.#progress, ...change };
    remember(this.lesson.id, this.#progress);
  }

  /** Lets the epochs shown follow the clock, at most as fast as they are recorded. */
  async #grow(calm: boolean): Promise<void> {
    const least = this.#runs.reduce((sum, _, i) => sum + this.#seen(i), 0);
    let shown = least;
    let before = this.#timer.now();
    while (this.#growing) {
      await new Promise<void>((resolve) => this.#timer.frame(resolve));
      if (!this.#growing) return;
      const now = this.#timer.now();
      const recorded = this.#runs.reduce((sum, run) => sum + run.recorded, 0);
      shown = calm
        ? recorded === this.epochsInAll
          ? recorded
          : least
        : Math.min(recorded, shown + ((this.epochsInAll - least) * Math.min(100, now - before)) / GROWTH_MS);
      before = now;
      this.#show(Math.floor(shown));
      if (shown >= this.epochsInAll) this.#growing = false;
    }
  }

  /** So many epochs of all runs, the first runs first; what was seen before the prediction stays. */
  #show(epochs: number): void {
    let left = epochs - this.#runs.reduce((sum, _, i) => sum + this.#seen(i), 0);
    this.#runs.forEach((run, i) => {
      const more = Math.min(Math.max(0, left), run.epochs - this.#seen(i));
      left -= more;
      if (run.course) run.course.shown = this.#seen(i) + more;
    });
    this.#growth += 1;
  }
}
