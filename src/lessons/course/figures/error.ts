/** @file The error of a run taken apart at every epoch: noise, bias², variance. */
import type { CourseRun } from '../course-run.ts';
import type { AreasFigure, CostBar, FigureFlag, FigureSpan } from '../figure.ts';
import { sayInCourse } from '../say.ts';
import { epochsAxis, epochsOf, valueAxis } from './axes.ts';
import { noiseOf } from './curves.ts';

interface ErrorOptions {
  id?: string;
  top: number;
  flags?: readonly FigureFlag[];
  spans?: readonly FigureSpan[];
  bar?: CostBar | null;
  seen?: number;
}

export function errorFigure(run: CourseRun, options: ErrorOptions): AreasFigure {
  const { id = 'error', top, flags = [], spans = [], bar = null, seen } = options;
  const x = epochsOf(run);
  const { length, curves } = run;
  const noise = new Float64Array(length).fill(noiseOf(run));
  const what = sayInCourse('axis.error');
  return {
    kind: 'areas',
    id,
    title: sayInCourse('figure.error'),
    note: sayInCourse('note.cut', { what, top }),
    x: epochsAxis(run),
    y: valueAxis(what, 0, top),
    areas: [
      { id: 'noise', label: sayInCourse('line.noise'), colour: 'noise', x, y: noise },
      { id: 'bias2', label: sayInCourse('line.bias2'), colour: 'bias2', x, y: curves.bias2.subarray(0, length) },
      {
        id: 'variance',
        label: sayInCourse('line.variance'),
        colour: 'variance',
        x,
        y: curves.variance.subarray(0, length),
      },
    ],
    coveredFrom: seen ?? null,
    flags,
    spans,
    bar,
  };
}
