/** @file A tape as it is stored: the recorded epochs only, without the room kept for those to come. */
import { COURSE, curvesOf, LOSSES, SCORES, Tape, type TapeCurve, type TapeShape } from '../engine/record/tape.ts';

export type TapeColumn = TapeCurve | 'predictions';

/** Curves are `[R, length]` (scores empty for regression), predictions `[length, R, D, K]`. */
export type TapeColumns = Record<TapeColumn, Float32Array> & {
  shape: TapeShape;
  /** Epochs recorded. */
  length: number;
  /** `[R]` */
  divergedAt: Int32Array;
  elapsedMs: number;
  measuringMs: number;
};

export function columnsOf(shape: TapeShape): readonly TapeColumn[] {
  return [...curvesOf(shape), 'predictions'];
}

/** Numbers that a column holds after `length` epochs. */
export function sizeOfColumn(shape: TapeShape, column: TapeColumn, length: number): number {
  return column === 'predictions' ? length * shape.replicas * shape.points * shape.outputs : length * shape.replicas;
}

export function tapeToBulk(tape: Tape): TapeColumns {
  const { shape, length } = tape;
  const { replicas: R, epochs: E } = shape;
  const cut = (curve: Float32Array) => {
    const out = new Float32Array(curve.length === 0 ? 0 : R * length);
    if (out.length > 0) for (let r = 0; r < R; r++) out.set(curve.subarray(r * E, r * E + length), r * length);
    return out;
  };
  return {
    shape: { ...shape },
    length,
    ...(Object.fromEntries([...LOSSES, ...COURSE, ...SCORES].map((name) => [name, cut(tape[name])])) as Record<
      TapeCurve,
      Float32Array
    >),
    predictions: tape.predictions.slice(0, sizeOfColumn(shape, 'predictions', length)),
    divergedAt: tape.divergedAt.slice(),
    elapsedMs: tape.elapsedMs,
    measuringMs: tape.measuringMs,
  };
}

/**
 * The tape again, with room for `shape.epochs`, which may be more than it had. Throws if the rest of `shape` is not
 * the one it was recorded with, or if the recorded epochs do not fit.
 */
export function tapeFromBulk(shape: TapeShape, columns: TapeColumns): Tape {
  const { length } = columns;
  for (const key of ['replicas', 'points', 'outputs', 'classification'] as const) {
    if (shape[key] !== columns.shape[key])
      throw new Error(`tape: ${key} is ${shape[key]}, recorded with ${columns.shape[key]}`);
  }
  if (length > shape.epochs)
    throw new Error(`tape: ${length} recorded epochs do not fit into ${shape.epochs}; raise the epochs`);
  const tape = new Tape(shape);
  for (const name of columnsOf(shape)) {
    if (name === 'predictions') continue;
    for (let r = 0; r < shape.replicas; r++) {
      tape[name].set(columns[name].subarray(r * length, (r + 1) * length), r * shape.epochs);
    }
  }
  tape.predictions.set(columns.predictions);
  tape.divergedAt.set(columns.divergedAt);
  tape.length = length;
  tape.elapsedMs = columns.elapsedMs;
  tape.measuringMs = columns.measuringMs;
  return tape;
}

/** The first `length` epochs of a tape, copied; their share of its time. */
export function cutColumns(columns: TapeColumns, length: number): TapeColumns {
  const { shape, length: before, divergedAt, elapsedMs, measuringMs, predictions } = columns;
  const cut = (curve: Float32Array) => {
    const out = new Float32Array((curve.length / before) * length);
    for (let r = 0; r * before < curve.length; r++)
      out.set(curve.subarray(r * before, r * before + length), r * length);
    return out;
  };
  const curves = [...LOSSES, ...COURSE, ...SCORES].map((name) => [name, cut(columns[name])]);
  return {
    ...columns,
    ...(Object.fromEntries(curves) as Record<TapeCurve, Float32Array>),
    length,
    predictions: predictions.slice(0, sizeOfColumn(shape, 'predictions', length)),
    divergedAt: divergedAt.map((epoch) => (epoch < length ? epoch : -1)),
    elapsedMs: (elapsedMs * length) / before,
    measuringMs: (measuringMs * length) / before,
  };
}
