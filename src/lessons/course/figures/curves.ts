/** @file The learning curves of a run: means of all networks, validation of each one, and the noise floor. */
import type { CourseRun } from '../course-run.ts';
import type { CostBar, FigureFlag, FigureLine, FigureSpan, LinesFigure } from '../figure.ts';
import { sayInCourse } from '../say.ts';
import { epochsAxis, epochsOf, valueAxis } from './axes.ts';

interface CurvesOptions {
  id?: string;
  /** Where the vertical axis ends; what is above is cut off. */
  top: number;
  /** Without, the reader sees only this many epochs. */
  seen?: number;
  flags?: readonly FigureFlag[];
  spans?: readonly FigureSpan[];
  bar?: CostBar | null;
  /** Also the validation loss of every network. */
  thin?: boolean;
  /** Also the mean test error. */
  test?: boolean;
}

export function curvesFigure(run: CourseRun, options: CurvesOptions): LinesFigure {
  const { id = 'curves', top, seen, flags = [], spans = [], bar = null, thin = false, test = false } = options;
  const classes = run.tape.shape.classification;
  const loss = classes ? sayInCourse('axis.log-loss') : sayInCourse('axis.loss');
  const noise = run.curves.tape.shape.classification ? null : noiseOf(run);
  return {
    kind: 'lines',
    id,
    title: sayInCourse('figure.curves'),
    note: sayInCourse('note.cut', { what: loss, top }),
    x: epochsAxis(run),
    y: valueAxis(loss, 0, top),
    lines: [...(thin ? networkLines(run) : []), ...meanLines(run, test)],
    levels: noise ? [{ label: sayInCourse('line.noise'), colour: 'noise', y: noise }] : [],
    dots: [],
    coveredFrom: seen ?? null,
    flags,
    spans,
    bar,
  };
}

/** Variance of the noise, below which no network can get on fresh points; 0 where it is not known. */
export const noiseOf = ({ target }: CourseRun): number =>
  target.known ? target.noise.reduce((sum, x) => sum + x, 0) / target.noise.length : 0;

export function meanLines(run: CourseRun, test: boolean): FigureLine[] {
  const x = epochsOf(run);
  const { length, curves } = run;
  const line = (colour: 'train' | 'validation' | 'test', y: Float64Array): FigureLine => ({
    id: colour,
    label: sayInCourse(`line.${colour}`),
    colour,
    x,
    y: y.subarray(0, length),
  });
  return [
    line('train', curves.trainLoss),
    line('validation', curves.validationLoss),
    ...(test ? [line('test', curves.testLoss)] : []),
  ];
}

function networkLines(run: CourseRun): FigureLine[] {
  const x = epochsOf(run);
  const { tape, length } = run;
  const { replicas, epochs } = tape.shape;
  return Array.from({ length: replicas }, (_, r) => ({
    id: `replica-${r + 1}`,
    label: null,
    colour: 'validation' as const,
    x,
    y: tape.validationLoss.subarray(r * epochs, r * epochs + length),
    thin: true,
  }));
}
