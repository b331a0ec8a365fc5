/** @file Small pictures for the list of lessons: few numbers, three digits each, so that they can be kept. */
import type { CourseRun } from '../course-run.ts';
import type { FigureColour, Sketch } from '../figure.ts';
import { noiseOf } from './curves.ts';

/** Points of a line; 260 px wide, it needs no more. */
const POINTS = 66;

const rounded = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000;

/** A curve thinned out and scaled so that `top` is 1. */
export function sketchLine(values: ArrayLike<number>, top: number, bottom = 0): number[] {
  const n = Math.min(POINTS, values.length);
  const at = (i: number) => values[n === 1 ? 0 : Math.round((i * (values.length - 1)) / (n - 1))]!;
  return Array.from({ length: n }, (_, i) => rounded((at(i) - bottom) / (top - bottom)));
}

/** Where an epoch stands between the first and the last. */
export const sketchAt = (run: CourseRun, epoch: number): number => rounded((epoch - 1) / (run.length - 1));

/** Noise, bias² and variance, each as where it ends. */
export function sketchError(run: CourseRun, top: number): Sketch['areas'] {
  const { bias2, variance } = run.curves;
  const noise = noiseOf(run);
  const area = (colour: FigureColour, of: (e: number) => number) => ({
    colour,
    top: sketchLine(
      Array.from({ length: run.length }, (_, e) => of(e)),
      top,
    ),
  });
  return [
    area('noise', () => noise),
    area('bias2', (e) => noise + bias2[e]!),
    area('variance', (e) => noise + bias2[e]! + variance[e]!),
  ];
}
