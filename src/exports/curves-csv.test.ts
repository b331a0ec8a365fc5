/** @file The CSV as other programs read it: every float32 comes back, in its row. */
import papaparse from 'papaparse';
import { expect, test } from 'vitest';
import { DEFAULT_EXPERIMENT } from '../engine/experiment/experiment.ts';
import { COURSE, Tape } from '../engine/record/tape.ts';
import { curvesFile } from './curves-csv.ts';

test('one row for each epoch and replica, both from 0; numbers to the last bit; unrecorded epochs left out', () => {
  const tape = new Tape({ replicas: 2, epochs: 9, points: 1, outputs: 1, classification: false });
  tape.append({
    first: 0,
    count: 2,
    curves: {
      trainLoss: Float32Array.of(0.1, 1 / 3, 1e-30, 3.4e38),
      validationLoss: Float32Array.of(1, 2, 3, NaN),
      testLoss: Float32Array.of(5, 6, Infinity, 8),
      ...Object.fromEntries(['error', ...COURSE].map((name) => [name, new Float32Array(4)])),
    },
    predictions: new Float32Array(4),
    elapsedMs: 1,
    measuringMs: 0,
  });
  const file = curvesFile({ experiment: DEFAULT_EXPERIMENT, tape });
  expect(file).toMatchObject({ name: 'patience-sine-curves.csv', mime: 'text/csv' });
  const text = new TextDecoder().decode(file.bytes);
  expect(text).toMatch(/^epoch,replica,train,validation,test\n0,0,/);
  const rows = papaparse.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
  expect(rows.map(({ epoch, replica }) => [Number(epoch), Number(replica)])).toEqual([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]);
  expect(rows.map(({ train }) => Math.fround(Number(train)))).toEqual([0.1, 1 / 3, 1e-30, 3.4e38].map(Math.fround));
  expect(rows.map(({ validation }) => Number(validation))).toEqual([1, 2, 3, NaN]);
  expect(rows.map(({ test: loss }) => Number(loss))).toEqual([5, 6, Infinity, 8]);
});
