/** @file What each patience gives on one run: the error, and what it takes in epochs and false stops. */
import type { CourseRun } from '../course-run.ts';
import type { CostBar, FigureAxis, FigureFlag, FigureLine, LinesFigure } from '../figure.ts';
import { MOST_PATIENCE, patienceRows, type PatienceRow } from '../patiences.ts';
import { sayInCourse } from '../say.ts';
import { valueAxis } from './axes.ts';
import { noiseOf } from './curves.ts';

export const patienceAxis: FigureAxis = {
  ...{ label: sayInCourse('axis.patience'), from: 1, to: MOST_PATIENCE, log: true, unit: 'value' },
};

interface PatienceOptions {
  bottom: number;
  top: number;
  flags?: readonly FigureFlag[];
  bar?: CostBar | null;
  /** Which of the two lines; both where nothing is said. */
  only?: 'restored';
  /** Before anything is known: the axes alone. */
  empty?: boolean;
}

function lineOver(rows: readonly PatienceRow[]) {
  const x = rows.map(({ patience }) => patience);
  return (
    id: 'best-kept' | 'last-kept' | 'false-stops' | 'epochs-share',
    colour: FigureLine['colour'],
    of: (row: PatienceRow) => number,
    dashed = false,
  ): FigureLine => ({ id, label: sayInCourse(`line.${id}`), colour, x, y: rows.map(of), dashed });
}

export function patienceFigure(run: CourseRun, options: PatienceOptions): LinesFigure {
  const { bottom, top, flags = [], bar = null, only, empty = false } = options;
  const rows = empty ? [] : patienceRows(run);
  const line = lineOver(rows);
  const noise = noiseOf(run);
  return {
    kind: 'lines',
    id: 'patience',
    title: sayInCourse('figure.patience'),
    note: sayInCourse('note.patience', { networks: run.tape.shape.replicas }),
    x: patienceAxis,
    y: valueAxis(sayInCourse('axis.error'), bottom, top),
    lines: empty
      ? []
      : [
          line('best-kept', 'test', (row) => row.restoredError),
          ...(only ? [] : [line('last-kept', 'ink', (row) => row.lastError, true)]),
        ],
    levels: noise > 0 ? [{ label: sayInCourse('line.noise'), colour: 'noise', y: noise }] : [],
    dots: [],
    coveredFrom: empty ? 1 : null,
    flags,
    spans: [],
    bar,
  };
}

/** The share of the stops that are false, and the epochs trained as a share of those planned. */
export function billFigure(run: CourseRun, flags: readonly FigureFlag[] = []): LinesFigure {
  const line = lineOver(patienceRows(run));
  const planned = run.experiment.training.epochs;
  return {
    kind: 'lines',
    id: 'bill',
    title: sayInCourse('figure.bill'),
    note: sayInCourse('note.bill'),
    x: patienceAxis,
    y: { label: sayInCourse('axis.share'), from: 0, to: 1, log: false, unit: 'share' },
    lines: [
      line('false-stops', 'run-1', (row) => row.falseShare),
      line('epochs-share', 'run-2', (row) => row.epochs / planned),
    ],
    levels: [],
    dots: [],
    coveredFrom: null,
    flags,
    spans: [],
    bar: null,
  };
}
