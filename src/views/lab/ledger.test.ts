import { expect, it } from 'vitest';
import type { Column, Outcome } from '../../decomposition/outcome.ts';
import { workloadOf } from '../../engine/cost.ts';
import { optimizerDefaults } from '../../engine/optimizers.ts';
import { jobOf } from '../../engine/trainers/testing.ts';
import { paceLines, totalLines } from './ledger.ts';

// 2-16-16-1, tanh, Adam, batches of 10, 10 and 5; its FLOPs are counted by hand in cost.test.ts.
const job = jobOf({
  trainSize: 25,
  model: { hidden: [16, 16], activation: 'tanh' },
  training: { optimizer: optimizerDefaults('adam'), batchSize: 10 },
});
const workload = workloadOf(job);
const [STEP, TRAINING, EVALUATION] = [10 * (640 + 1281) + 13 * 337, 61168, 32000];

it('has the cost of a step and of an epoch before anything is trained', () => {
  expect(paceLines(workload, job.experiment)).toEqual([
    { name: 'a step', size: '10 points', training: STEP, evaluation: null, total: STEP },
    { name: 'an epoch', size: '3 steps', training: TRAINING, evaluation: EVALUATION, total: TRAINING + EVALUATION },
  ]);
});

it('adds up to the stop, the best and the last epoch by the epochs and the steps taken', () => {
  const column = (epochs: number, steps: number) => ({ epochs, steps }) as Column;
  // Stops at 4 and 5 of two replicas; in the last of the ten epochs the batch had grown to all 25 points.
  const outcome = { stop: column(4.5, 13.5), best: column(1, 3), last: column(10, 28) } as Outcome;
  const lines = totalLines(workload, outcome);
  expect(lines.map(({ name, size }) => `${name}: ${size}`)).toEqual([
    'stop: 4.5 epochs',
    'best: 1 epoch',
    'last: 10 epochs',
  ]);
  expect(lines.map(({ training }) => training)).toEqual([4.5 * TRAINING, TRAINING, 10 * TRAINING - 2 * 13 * 337]);
  expect(lines.map(({ evaluation }) => evaluation)).toEqual([4.5 * EVALUATION, EVALUATION, 10 * EVALUATION]);
});
