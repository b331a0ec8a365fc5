/** @file What one network sees of data with one input: the truth, its points, and its fit after some epochs. */
import type { CourseRun } from '../course-run.ts';
import type { FigureAxis, FigureLine, FitFigure } from '../figure.ts';
import { sayInCourse } from '../say.ts';

interface FitOptions {
  /** Limits of the axes, in the units of the data. */
  x: readonly [number, number];
  y: readonly [number, number];
  /** From 1. */
  replica: number;
  /** As trained; at most as many as are recorded. */
  epoch: number;
}

export function fitFigure(run: CourseRun, { x: [left, right], y: [low, high], replica, epoch }: FitOptions): FitFigure {
  const { replicas, target, tape } = run;
  if (replicas.features !== 1) throw new Error(`fit: is for one input, not ${replicas.features}; leave the figure out`);
  const { mean, sd, scale } = replicas.standardisation;
  const raw = (seen: number) => (seen / scale) * sd[0]! + mean[0]!;
  const at = Float64Array.from(run.points, (point) => raw(replicas.test.x[point]!));
  const { size, x, y } = replicas.train;
  const from = (replica - 1) * size;
  const axis = (label: 'axis.input' | 'axis.target', from: number, to: number): FigureAxis => ({
    ...{ label: sayInCourse(label), from, to, log: false, unit: 'value' },
  });
  const curve = (id: 'truth' | 'fit', colour: 'ink' | 'test', y: ArrayLike<number>): FigureLine => ({
    ...{ id, label: sayInCourse(`line.${id}`), colour, x: at, y },
  });
  return {
    kind: 'fit',
    id: 'fit',
    title: sayInCourse('figure.fit'),
    note: sayInCourse('note.fit', { replica, epochs: sayInCourse('count.epochs', { n: epoch }) }),
    x: axis('axis.input', left, right),
    y: axis('axis.target', low, high),
    truth: target.known ? curve('truth', 'ink', target.target) : null,
    points: { x: Float64Array.from(x.subarray(from, from + size), raw), y: y.subarray(from, from + size) },
    fits: [curve('fit', 'test', tape.prediction(replica - 1, epoch - 1))],
  };
}
