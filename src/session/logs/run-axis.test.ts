/** @file What the axis along the runs counts. */
import { expect, it } from 'vitest';
import { readLog } from '../../logs/read-logs.ts';
import { logData } from '../../logs/run-data.ts';
import { axisPlace, unitsIn } from './run-axis.ts';

const logOfText = (text: string) => logData(readLog(text, 'x'));

it('counts epochs where each evaluation is one, from 1', () => {
  const log = logOfText('epoch,val_loss\n0,3\n1,2\n2,1\n');
  expect(unitsIn(log)).toEqual(['epochs']);
  expect([0, 2].map(axisPlace(log.runs[0]!, 'epochs'))).toEqual([1, 3]);
});

it('counts evaluations first where a clock goes otherwise, and offers the clocks that run forward', () => {
  const log = logOfText('epoch,step,val_loss\n0,500,3\n0,1000,2\n1,1500,1\n');
  expect(unitsIn(log)).toEqual(['evaluations', 'epochs', 'steps']);
  expect([0, 2].map(axisPlace(log.runs[0]!, 'steps'))).toEqual([500, 1500]);
  expect(unitsIn(logOfText('[3, 2, 1]'))).toEqual(['evaluations']);
  expect(unitsIn(logOfText('epoch,val_loss\n3,3\n3,2\n3,1\n'))).toEqual(['evaluations']);
});

it('counts time from the first evaluation', () => {
  const log = logOfText('wall_time,step,val_loss\n1700000000,1,3\n1700000060,2,2\n1700000180,3,1\n');
  expect(unitsIn(log)).toContain('time');
  expect([0, 1, 2].map(axisPlace(log.runs[0]!, 'time'))).toEqual([0, 60, 180]);
});
