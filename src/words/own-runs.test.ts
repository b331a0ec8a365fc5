/** @file The sentence on how the reader's own runs are judged. */
import { expect, it } from 'vitest';
import { logOf } from '../logs/log.ts';
import { ownRunsOf } from '../logs/own-runs.ts';
import { readLog } from '../logs/read-logs.ts';
import { judgeOf } from './own-runs.ts';

function parseCurves(text: string) {
  const { runs, notes } = readLog(text);
  return ownRunsOf(logOf(runs, notes));
}

it('names the test metric where every run has one', () => {
  expect(judgeOf(parseCurves('val_loss,test_loss\n1,2\n0.5,1'))).toEqual({
    error: 'test loss',
    words: 'Stops are judged by the test loss that the runs logged.',
  });
  expect(judgeOf(parseCurves('val_acc,test_acc\n0.5,0.4\n0.6,0.5')).error).toBe('test error rate');
});

it('says that the rules saw what the stops are judged by, if so', () => {
  const { error, words } = judgeOf(parseCurves('val_acc\n0.5\n0.6'));
  expect(error).toBe('validation error rate');
  expect(words).toContain('judged by the validation acc, which the rules saw too');
  const mixed = [...parseCurves('val_loss,test_loss\n1,2'), ...parseCurves('val_loss\n1')];
  expect(judgeOf(mixed).error).toBe('validation loss');
});
