/** @file The error over patience and min delta on one run. */
import { oncePerRun, type CourseRun } from '../course-run.ts';
import type { FigureAxis, MapFigure } from '../figure.ts';
import { sayInCourse } from '../say.ts';

export const MAP_PATIENCES: readonly number[] = [1, 2, 3, 5, 7, 10, 15, 20, 30, 40, 50, 70, 100];
export const MAP_MIN_DELTAS: readonly number[] = [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3];

const axis = (label: 'axis.patience' | 'axis.min-delta', values: readonly number[]): FigureAxis => ({
  ...{ label: sayInCourse(label), from: values[0]!, to: values.at(-1)!, log: true, unit: 'value' },
});
export const mapPatienceAxis = axis('axis.patience', MAP_PATIENCES);
export const mapMinDeltaAxis = axis('axis.min-delta', MAP_MIN_DELTAS);

export interface RuleMapCell {
  patience: number;
  minDelta: number;
  error: number;
  /** `[R]` */
  errors: Float64Array;
}

/** Row by row of min delta. */
export const ruleMap = oncePerRun((run): readonly RuleMapCell[] =>
  MAP_MIN_DELTAS.flatMap((minDelta) =>
    MAP_PATIENCES.map((patience) => {
      const { error, perReplica } = run.withPatience(patience, { min_delta: minDelta }).stop.decomposition!;
      return { patience, minDelta, error, errors: perReplica };
    }),
  ),
);

export const leastOnMap = (run: CourseRun): RuleMapCell =>
  ruleMap(run).reduce((best, cell) => (cell.error < best.error ? cell : best));

/** The cell that lies nearest to a place, by the logarithms of both. */
export function cellNear(run: CourseRun, patience: number, minDelta: number): RuleMapCell {
  const apart = (cell: RuleMapCell) =>
    Math.hypot(Math.log(cell.patience / patience), Math.log(cell.minDelta / minDelta));
  return ruleMap(run).reduce((near, cell) => (apart(cell) < apart(near) ? cell : near));
}

/** Without the run, the axes alone. */
export function ruleMapFigure(run: CourseRun | null, places: MapFigure['places']): MapFigure {
  return {
    kind: 'map',
    id: 'map',
    title: sayInCourse('figure.map'),
    note: null,
    x: mapPatienceAxis,
    y: mapMinDeltaAxis,
    xs: MAP_PATIENCES,
    ys: MAP_MIN_DELTAS,
    values: run
      ? Float64Array.from(ruleMap(run), ({ error }) => error)
      : new Float64Array(MAP_PATIENCES.length * MAP_MIN_DELTAS.length).fill(NaN),
    quantity: sayInCourse('axis.error'),
    places,
  };
}
