/** @file Dots on the epoch axis, one for each network: where they stop, and where their own best lies. */
import type { CourseRun } from '../course-run.ts';
import type { DotsFigure, FigureFlag, FigureSpan } from '../figure.ts';
import { sayInCourse } from '../say.ts';
import { epochsAxis } from './axes.ts';

interface StopsOptions {
  strips: DotsFigure['strips'];
  flags?: readonly FigureFlag[];
  spans?: readonly FigureSpan[];
}

export const stopsFigure = (run: CourseRun, { strips, flags = [], spans = [] }: StopsOptions): DotsFigure => ({
  kind: 'dots',
  id: 'stops',
  title: sayInCourse('figure.stops'),
  note: sayInCourse('note.patience', { networks: run.tape.shape.replicas }),
  x: epochsAxis(run),
  strips,
  flags,
  spans,
});
