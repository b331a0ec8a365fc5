/** @file The losses of every replica at every epoch as CSV; epochs and replicas count from 0, as in the code. */
import type { Experiment } from '../engine/experiment/experiment.ts';
import type { Tape } from '../engine/record/tape.ts';
import { fileName, textFile, type ExportFile } from './files.ts';

/** One row for each epoch and replica: epoch, replica, train, validation, test (mean losses over the points). */
export function curvesFile({ experiment, tape }: { experiment: Experiment; tape: Tape }): ExportFile {
  const { replicas, epochs } = tape.shape;
  const rows = ['epoch,replica,train,validation,test'];
  for (let epoch = 0; epoch < tape.length; epoch++) {
    for (let replica = 0; replica < replicas; replica++) {
      const at = replica * epochs + epoch;
      const losses = [tape.trainLoss[at]!, tape.validationLoss[at]!, tape.testLoss[at]!];
      rows.push(`${epoch},${replica},${losses.map(decimal).join(',')}`);
    }
  }
  return textFile(fileName(experiment, 'curves.csv'), 'text/csv', `${rows.join('\n')}\n`);
}

/** Nine digits give every float32 back; NaN and Infinity are written as such, since an empty cell would say "missing". */
const decimal = (x: number) => String(Number(x.toPrecision(9)));
