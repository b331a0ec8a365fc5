/** @file The shape of a lesson: a prepared experiment with a question, a guess by the reader, and a reveal. */
import type { Experiment } from '../engine/experiment/experiment.ts';
import type { Landscape } from '../stopping/landscape.ts';

export interface Lesson {
  id: string;
  title: string;
  experiment: Experiment;
  question: string;
  /** The number the reader guesses. */
  guess: { label: string; min: number; max: number; start: number };
  /** The answer, once there is a tape to ask; the landscape is that of patience and min delta, `margin` the min delta in use. */
  answer: (guess: number, landscape: Landscape, margin: number) => LessonAnswer;
}

export interface LessonAnswer {
  /** The number asked for, and the test error it ends with. */
  best: { value: number; error: number };
  guessed: { value: number; error: number };
}
