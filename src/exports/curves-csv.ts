/** @file What was recorded of every replica at every epoch as CSV; epochs and replicas count from 0, as in the code. */
import type { Experiment } from '../engine/experiment/experiment.ts';
import { curvesOf, type TapeCurve, type Tape } from '../engine/record/tape.ts';
import { fileName, textBytes, type ExportFile } from './files.ts';

/** Columns of every file of curves: mean losses over the points. */
const LOSSES: Readonly<Partial<Record<TapeCurve, string>>> = {
  trainLoss: 'train',
  validationLoss: 'validation',
  testLoss: 'test',
};

/** One row for each epoch and replica: epoch, replica, train, validation, test. */
export function curvesFile({ experiment, tape }: { experiment: Experiment; tape: Tape }): ExportFile {
  const bytes = textBytes(rowsOf(tape, Object.keys(LOSSES) as TapeCurve[]));
  return { name: fileName(experiment, 'curves.csv'), mime: 'text/csv', bytes };
}

/** The same rows with every curve of the tape: after the losses the others, by their names in tape.ts. */
export function allCurvesCsv(tape: Tape): Uint8Array<ArrayBuffer> {
  return textBytes(rowsOf(tape, curvesOf(tape.shape)));
}

/** The header, then the rows of one epoch after another. */
function* rowsOf(tape: Tape, curves: readonly TapeCurve[]): Generator<string> {
  const { replicas, epochs } = tape.shape;
  yield `${['epoch', 'replica', ...curves.map((curve) => LOSSES[curve] ?? curve)].join(',')}\n`;
  for (let epoch = 0; epoch < tape.length; epoch++) {
    let rows = '';
    for (let replica = 0; replica < replicas; replica++) {
      const at = replica * epochs + epoch;
      rows += `${epoch},${replica},${curves.map((curve) => float32Text(tape[curve][at]!)).join(',')}\n`;
    }
    yield rows;
  }
}

/** Nine digits give every float32 back; NaN and Infinity are written as such, since an empty cell would say "missing". */
export const float32Text = (x: number) => String(Number(x.toPrecision(9)));
