/** @file Tapes for the tests of replay and decomposition, recorded from plain functions instead of a training. */
import { curvesOf, Tape, type TapeCurve, type TapeShape } from '../engine/record/tape.ts';
import { METERS } from './rule.ts';

export type Recorded = Partial<Record<TapeCurve, (replica: number, epoch: number) => number>> & {
  prediction?: (replica: number, epoch: number, index: number) => number;
};

const falling = (_: number, epoch: number) => 1 / (epoch + 1);
/** One of each meter an epoch. */
const USUAL: Recorded = Object.fromEntries(METERS.map((meter) => [meter, (_: number, epoch: number) => epoch + 1]));
const UNMEASURED: Recorded = {
  gradientNoise: () => NaN,
  gradientEvidence: () => NaN,
  gradientDisparity: () => NaN,
};

/**
 * A regression tape of `length` epochs (default: all); a curve that is not given is 1 / (epoch + 1), what counts up and
 * what is measured on demand apart.
 */
export function tapeOf(shape: Partial<TapeShape>, recorded: Recorded, length?: number): Tape {
  const tape = new Tape({ replicas: 1, epochs: 1, points: 1, outputs: 1, classification: false, ...shape });
  record(tape, recorded, length ?? tape.shape.epochs);
  return tape;
}

/** Appends epochs until the tape is `length` long. */
export function record(tape: Tape, recorded: Recorded, length: number): void {
  const { replicas: R, points, outputs } = tape.shape;
  const width = points * outputs;
  const first = tape.length;
  const count = length - first;
  const rows = (of: (replica: number, epoch: number) => number) =>
    Float32Array.from({ length: count * R }, (_, i) => of(i % R, first + Math.floor(i / R)));
  const predict = recorded.prediction ?? (() => 0);
  tape.append({
    first,
    count,
    curves: Object.fromEntries(
      curvesOf(tape.shape).map((name) => [name, rows(recorded[name] ?? USUAL[name] ?? UNMEASURED[name] ?? falling)]),
    ),
    predictions: Float32Array.from({ length: count * R * width }, (_, i) => {
      const row = Math.floor(i / width);
      return predict(row % R, first + Math.floor(row / R), i % width);
    }),
    elapsedMs: 1,
    measuringMs: 0,
  });
}
