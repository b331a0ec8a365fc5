/**
 * @file A lesson of the course: one file of data and pure functions. It says no word itself, its texts are messages; it
 * draws nothing, its figures are data; what it knows it reads off runs that were really trained.
 */
import type { Estimate } from '../../decomposition/estimate.ts';
import type { StopGrade } from '../../evaluation/grade.ts';
import type { Message } from '../../words/messages/message.ts';
import type { CourseRun } from './course-run.ts';
import type { CostBar, Figure, Sketch } from './figure.ts';
import type { Guesses, Prediction } from './prediction.ts';

export const LESSON_STEPS = ['ask', 'predict', 'train', 'see', 'try'] as const;
export type LessonStepName = (typeof LESSON_STEPS)[number];

/** What the functions of a lesson see. */
export interface LessonScene {
  /** Of the lesson's experiments, in their order; undefined where none is begun. They may still grow. */
  runs: readonly (CourseRun | undefined)[];
  guesses: Guesses;
  hand: LessonHand;
  /** Runs that the reader made at Try with other settings, the latest last. */
  tried: readonly CourseRun[];
}

/** What the reader has in hand at Try and what words set; null where nothing is set. */
export interface LessonHand {
  patience: number;
  minDelta: number;
  /** Whether the best weights are restored. */
  restore: boolean;
  /** From 1. */
  replica: number;
  /** As epochs trained; where the crosshair stands. */
  epoch: number | null;
  /** Which of the lesson's runs is looked at, from 1. */
  run: number;
  /** In what the course of training is counted, where a figure can be switched. */
  axis: 'epochs' | 'updates' | 'examples';
}

export interface LessonExperiment {
  id: string;
  /** What tells it from the others, such as "batch 1"; at the end of its line. */
  name: Message;
  /** What differs from the defaults, see `withDefaults`; without a seed. */
  settings: object;
  /** Epochs trained and shown before the prediction is made; there the run pauses. 0: nothing is trained before. */
  seen: number;
}

export interface LessonStep {
  /**
   * Paragraphs, at most 60 words together. Ask, Predict and Train can be said before anything is trained, See and Try when
   * all runs are complete.
   */
  text: (scene: LessonScene) => readonly Message[];
  /**
   * The figures it needs, at most two. Those of Ask and Predict can be drawn when `seen` epochs are recorded (one where
   * that is 0), those of Train while the runs grow, those of See and Try when all runs are complete.
   */
  figures: (scene: LessonScene) => readonly Figure[];
}

/** In what a prediction's cost or miss is measured. */
export type CostUnit = 'error' | 'loss' | 'epochs' | 'factor' | 'places' | 'replicas';

/** What came of the predictions: the one source of reveal, bar, list of lessons and answer code. */
export interface CourseAnswer {
  /** The main prediction as a code carries it, in no language, such as `stop 140`; null without one. */
  said: string | null;
  /** The truth in the same form, such as `stop 18`. */
  truth: string;
  /** What the prediction costs, or by how much it misses; null without one. Paired over replicas where it can be. */
  cost: { unit: CostUnit; estimate: Estimate } | null;
  /** Where the prediction is a stop. */
  grade: StopGrade | null;
  /** In large letters at See; with and without a prediction. */
  reveal: readonly Message[];
  /** For the list of lessons, when it is done. */
  summary: Message;
  bar: CostBar | null;
}

/** Asked at See before anything is explained: what happened? It can be asked with and without a prediction. */
export interface Observation {
  question: (scene: LessonScene) => Message;
  /** Three. */
  options: (scene: LessonScene) => readonly { id: string; label: Message }[];
  /** Which one is right, from the tape. */
  right: (scene: LessonScene) => string;
  /** Where to look again after a wrong answer: a stretch of a figure's horizontal axis. */
  look: (scene: LessonScene) => { figure: string; from: number; to: number };
}

/** A task of Try: it is done when its predicate holds, and stays so. */
export interface LessonTask {
  id: string;
  text: (scene: LessonScene) => Message;
  done: (scene: LessonScene) => boolean;
  /** The state that it asks about, which stands under it. */
  status: (scene: LessonScene) => Message;
}

/** A setting that can be changed at Try; a change trains again. */
export interface TrySetting {
  /** Of the experiment, such as `data.trainSize`. */
  path: string;
  values: readonly (number | string | readonly number[])[];
}

export interface LessonTries {
  /** What can be moved without training. */
  hands: readonly (keyof LessonHand)[];
  /** Limits of the patience slider. */
  patience?: { from: number; to: number };
  /** Stops of the slider of min delta. */
  minDeltas?: readonly number[];
  settings: readonly TrySetting[];
  /** The experiment that the settings are changed of, by its place in the list. */
  of: number;
  /** The hand with which Try opens. */
  begin: Partial<LessonHand>;
  tasks: readonly LessonTask[];
}

/** The same idea on other data, with another answer; asked again on the next visit. */
export interface Transfer {
  experiments: readonly LessonExperiment[];
  question: Message;
  options: readonly { id: string; label: Message }[];
  /** Which one is right, from the complete runs of its experiments. */
  right: (runs: readonly CourseRun[]) => string;
  because: (runs: readonly CourseRun[]) => Message;
}

export interface CourseLesson {
  /** In its address. */
  id: string;
  minutes: number;
  question: Message;
  /** One to five, run in turn and laid over each other. */
  experiments: readonly LessonExperiment[];
  predictions: readonly Prediction[];
  steps: Readonly<Record<LessonStepName, LessonStep>>;
  /** Throws before the runs are complete. */
  answer: (scene: LessonScene) => CourseAnswer;
  observation: Observation;
  try: LessonTries;
  transfer: Transfer;
  /** The door to which its end leads, where it is not the next lesson. */
  endsIn?: 'logs';
  /** A fact from the runs, for the list of lessons. */
  finding: (scene: LessonScene) => Message;
  sketch: (scene: LessonScene) => Sketch;
}

/** A run of the lesson by its place; throws where it is not begun. */
export function runAt({ runs }: LessonScene, i: number): CourseRun {
  const run = runs[i];
  if (!run) throw new Error(`run: the lesson's experiment ${i + 1} is not trained; train it first`);
  return run;
}
