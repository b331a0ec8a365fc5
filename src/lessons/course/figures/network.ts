/** @file One network of many: its validation and test loss, and where a rule stops it and what it keeps. */
import type { Outcome } from '../../../evaluation/outcome.ts';
import type { CourseRun } from '../course-run.ts';
import type { FigureLine, LinesFigure } from '../figure.ts';
import { sayInCourse } from '../say.ts';
import { epochsAxis, epochsOf, valueAxis } from './axes.ts';

interface NetworkOptions {
  /** From 1. */
  replica: number;
  top: number;
  /** Of the rule whose flags are shown; null for none. */
  outcome: Outcome | null;
  seen?: number;
}

export function networkFigure(run: CourseRun, { replica, top, outcome, seen }: NetworkOptions): LinesFigure {
  const { tape } = run;
  const from = (replica - 1) * tape.shape.epochs;
  const x = epochsOf(run);
  const line = (colour: 'validation' | 'test', column: Float32Array): FigureLine => ({
    ...{ id: colour, label: sayInCourse(`line.${colour}`), colour, x, y: column.subarray(from, from + run.length) },
  });
  const what = sayInCourse(tape.shape.classification ? 'axis.log-loss' : 'axis.loss');
  const replay = outcome?.replays[replica - 1];
  const [stop, kept] = [(replay?.stop ?? -1) + 1, (replay?.restored ?? -1) + 1];
  return {
    kind: 'lines',
    id: 'network',
    title: sayInCourse('figure.network'),
    note: sayInCourse('note.network', { replica, what: sayInCourse('note.cut', { what, top }) }),
    x: epochsAxis(run),
    y: valueAxis(what, 0, top),
    lines: [line('validation', tape.validationLoss), line('test', tape.testLoss)],
    levels: [],
    dots: [],
    coveredFrom: seen ?? null,
    flags: replay
      ? [
          { kind: 'rule', x: stop, label: sayInCourse('flag.stop', { epoch: stop }) },
          { kind: 'rule', x: kept, label: sayInCourse('flag.kept', { epoch: kept }) },
        ]
      : [],
    spans: [],
    bar: null,
  };
}
