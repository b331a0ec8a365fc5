/** @file For tests: trains the experiments of a lesson as the command line does, and checks what every lesson has to keep. */
import { expect } from 'vitest';
import { train } from '../../cli/train.ts';
import type { Estimate } from '../../decomposition/estimate.ts';
import type { Experiment } from '../../engine/experiment/experiment.ts';
import { at, set } from '../../engine/experiment/tree.ts';
import { parse } from '../../engine/experiment/schema.ts';
import { RULES } from '../../stopping/rules/index.ts';
import { LANGUAGES, translatorFor, type LanguageName } from '../../words/messages/languages.ts';
import type { Message } from '../../words/messages/message.ts';
import { textSegments, wordsOf } from '../../words/messages/segments.ts';
import type { Translator } from '../../words/messages/translator.ts';
import { CourseRun } from './course-run.ts';
import { experimentOf, SHOWN_SEED } from './experiments.ts';
import type { Figure, FigureLine } from './figure.ts';
import { cataloguesOf } from './index.ts';
import { LESSON_STEPS, type CourseLesson, type LessonExperiment, type LessonHand, type LessonScene } from './lesson.ts';
import type { Guesses } from './prediction.ts';

/** The shown one first. */
export const SEEDS = [SHOWN_SEED, 1, 2, 3, 4] as const;
export const MOST_WORDS = 60;

const CLOCK = {
  now: () => performance.now(),
  after: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref()),
};

export async function trainRun(experiment: Experiment): Promise<CourseRun> {
  const listener = { step: () => undefined, recorded: () => undefined };
  const { material, points, tape, curves } = await train(experiment, 'wasm', CLOCK, listener);
  return new CourseRun({ experiment, replicas: material.replicas, points, tape, curves, rules: RULES });
}

export async function trainAll(experiments: readonly LessonExperiment[], seed: number = SHOWN_SEED) {
  const runs: CourseRun[] = [];
  for (const experiment of experiments) runs.push(await trainRun(experimentOf(experiment, seed)));
  return runs;
}

/** The lesson's experiment with other settings, as Try changes them. */
export async function trainChanged(
  lesson: CourseLesson,
  changes: Readonly<Record<string, unknown>>,
  of = lesson.try.of,
) {
  const base: unknown = experimentOf(lesson.experiments[of]!);
  const parsed = parse(
    Object.entries(changes).reduce((tree, [path, value]) => set(tree, path.split('.'), value), base),
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return trainRun(parsed.experiment);
}

export const HAND: LessonHand = {
  patience: 20,
  minDelta: 0,
  restore: true,
  replica: 1,
  epoch: null,
  run: 1,
  axis: 'epochs',
};

export const sceneOf = (
  runs: readonly CourseRun[],
  guesses: Guesses = {},
  more: { hand?: Partial<LessonHand>; tried?: readonly CourseRun[] } = {},
): LessonScene => ({ runs, guesses, hand: { ...HAND, ...more.hand }, tried: more.tried ?? [] });

/** A fact that a lesson lives on, as it is read off its runs. */
export interface LessonEffect {
  name: string;
  of: (runs: readonly CourseRun[]) => Estimate;
  /** What it has been in five seeds, with room on either side; one sign. */
  within: readonly [number, number];
}

export const timesSe = ({ value, se }: Estimate): number => (se === null ? NaN : Math.abs(value) / se);

/** At every seed by its size, at the shown one by its standard errors as well. */
export function expectEffects(effects: readonly LessonEffect[], runs: readonly CourseRun[], seed: number): void {
  for (const { name, of, within } of effects) {
    const effect = of(runs);
    const label = `${name}, seed ${seed}: ${effect.value} ± ${effect.se}`;
    expect(effect.value, label).toBeGreaterThanOrEqual(within[0]);
    expect(effect.value, label).toBeLessThanOrEqual(within[1]);
    if (seed === SHOWN_SEED) expect(timesSe(effect), label).toBeGreaterThanOrEqual(4);
  }
}

/**
 * What every lesson keeps: words within the limit, messages in every language, figures that can be drawn, an answer with
 * and without the predictions, a right observation among three, tasks that are open at first.
 */
export async function expectLesson(lesson: CourseLesson, runs: readonly CourseRun[], guesses: Guesses): Promise<void> {
  const names = Object.keys(LANGUAGES) as LanguageName[];
  const translators = await Promise.all(names.map((name) => translatorFor(name, cataloguesOf(lesson.id))));
  const begin = sceneOf(runs, guesses, { hand: lesson.try.begin });
  for (const scene of [begin, { ...begin, guesses: {} }]) {
    for (const step of LESSON_STEPS) {
      const { text, figures } = lesson.steps[step];
      expectFew(`${lesson.id}, ${step}`, text(scene), translators);
      const drawn = figures(scene);
      expect(drawn.length, `${lesson.id}, ${step}: figures`).toBeLessThanOrEqual(2);
      expect(new Set(drawn.map(({ id }) => id)).size).toBe(drawn.length);
      for (const figure of drawn) expectFigure(figure, translators);
    }
    expectAnswer(lesson, scene, translators);
  }
  for (const prediction of lesson.predictions) {
    expectSaid(
      [prediction.ask, ...('options' in prediction ? prediction.options.map(({ label }) => label) : [])],
      translators,
    );
    expect(guesses[prediction.id]?.kind, `a guess for "${prediction.id}"`).toBe(prediction.kind);
    const shown = lesson.steps.predict.figures({ ...begin, guesses: {} }).map(({ id }) => id);
    if (prediction.figure !== null) expect(shown).toContain(prediction.figure);
  }
  for (const task of lesson.try.tasks) {
    expectSaid([task.text(begin), task.status(begin)], translators);
    expect(task.done(begin), `task "${task.id}" before anything is done`).toBe(false);
  }
  const base: unknown = experimentOf(lesson.experiments[lesson.try.of]!);
  for (const { path, values } of lesson.try.settings) {
    for (const value of values) expect(parse(set(base, path.split('.'), value)), path).toMatchObject({ ok: true });
    expect(
      values.map((value) => JSON.stringify(value)),
      path,
    ).toContain(JSON.stringify(at(base, path.split('.'))));
  }
  expectSaid([lesson.question, lesson.finding(begin), ...lesson.experiments.map(({ name }) => name)], translators);
  expect(JSON.stringify(lesson.sketch(begin)).length).toBeLessThan(4096);
}

function expectAnswer(lesson: CourseLesson, scene: LessonScene, translators: readonly Translator[]): void {
  const answer = lesson.answer(scene);
  expectSaid([...answer.reveal, answer.summary], translators);
  const asked = Object.keys(scene.guesses).length > 0;
  if (asked) expect([answer.said, answer.cost]).not.toContain(null);
  else expect([answer.said, answer.cost, answer.bar]).toEqual([null, null, null]);
  const { question, options, right, look } = lesson.observation;
  expectSaid([question(scene), ...options(scene).map(({ label }) => label)], translators);
  expect(options(scene)).toHaveLength(3);
  expect(options(scene).map(({ id }) => id)).toContain(right(scene));
  const { figure, from, to } = look(scene);
  expect(lesson.steps.see.figures(scene).map(({ id }) => id)).toContain(figure);
  expect(from).toBeLessThanOrEqual(to);
}

/** The answer of the transfer question is among its options, and is said; returns it. */
export async function expectTransfer(lesson: CourseLesson): Promise<string> {
  const { experiments, question, options, right, because } = lesson.transfer;
  const runs = await trainAll(experiments);
  const translators = [await translatorFor('en', cataloguesOf(lesson.id))];
  expectSaid([question, ...options.map(({ label }) => label), because(runs)], translators);
  expect(options.map(({ id }) => id)).toContain(right(runs));
  return right(runs);
}

/** Every message can be said, and its marks can be read. */
function expectSaid(messages: readonly Message[], translators: readonly Translator[]): void {
  for (const translator of translators) {
    for (const message of messages) {
      const text = translator.say(message);
      expect(text).not.toMatch(/NaN|undefined|Infinity|\{|\}/);
      expect(textSegments(text).length).toBeGreaterThan(0);
    }
  }
}

function expectFew(where: string, messages: readonly Message[], translators: readonly Translator[]): void {
  expectSaid(messages, translators);
  const words = messages.reduce((sum, message) => sum + wordsOf(translators[0]!.say(message)), 0);
  expect(words, `${where}: words`).toBeLessThanOrEqual(MOST_WORDS);
}

function expectLine({ id, label, x, y }: FigureLine, translators: readonly Translator[]): void {
  if (label) expectSaid([label], translators);
  expect(y.length, id).toBe(x.length);
  for (let i = 1; i < x.length; i++) if (!(x[i]! > x[i - 1]!)) throw new Error(`${id}: x does not ascend at ${i}`);
}

function expectFigure(figure: Figure, translators: readonly Translator[]): void {
  expectSaid([figure.title, ...(figure.note ? [figure.note] : [])], translators);
  if ('y' in figure) expect(figure.y.from).toBeLessThan(figure.y.to);
  if ('x' in figure) {
    expect(figure.x.from).toBeLessThan(figure.x.to);
    expectSaid([figure.x.label], translators);
  }
  const lines =
    figure.kind === 'lines'
      ? figure.lines
      : figure.kind === 'areas'
        ? figure.areas
        : figure.kind === 'fit'
          ? figure.fits
          : [];
  for (const line of lines) expectLine(line, translators);
  if ('flags' in figure)
    expectSaid(
      [...figure.flags, ...figure.spans].map(({ label }) => label),
      translators,
    );
  if ('bar' in figure && figure.bar) expectSaid([figure.bar.label], translators);
}
