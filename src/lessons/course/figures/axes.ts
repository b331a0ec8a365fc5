/** @file Axes that several figures share. */
import type { CourseRun } from '../course-run.ts';
import type { FigureAxis } from '../figure.ts';
import type { Message } from '../../../words/messages/message.ts';
import { sayInCourse } from '../say.ts';

/** All epochs that a run is to have, from 1. */
export const epochsAxis = (run: CourseRun): FigureAxis => ({
  label: sayInCourse('axis.epochs'),
  from: 1,
  to: run.experiment.training.epochs,
  log: false,
  unit: 'epochs',
});

export const valueAxis = (label: Message, from: number, to: number, log = false): FigureAxis => ({
  ...{ label, from, to, log, unit: 'value' },
});

/** 1, 2, … as many epochs as are recorded. */
export const epochsOf = (run: CourseRun): Float64Array => Float64Array.from({ length: run.length }, (_, e) => e + 1);
