/** @file The rows of the cost table. */
import { expect, it } from 'vitest';
import type { OutcomeColumn, Outcome } from '../../evaluation/outcome.ts';
import { workloadOf } from '../../engine/record/cost.ts';
import { optimizerDefaults } from '../../engine/training/optimizers.ts';
import { jobOf } from '../../engine/trainers/trainer.testing.ts';
import { paceLines, totalLines } from './cost-lines.ts';

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

it('adds what was recorded of the training to what the evaluations took until the stop, the best and the last epoch', () => {
  const column = (epochs: number, flops: number) => ({ epochs, flops }) as OutcomeColumn;
  const outcome = { stop: column(4.5, 45), best: column(1, 10), last: column(10, 90) } as Outcome;
  const lines = totalLines(workload, outcome);
  expect(lines.map(({ name, size }) => `${name}: ${size}`)).toEqual([
    'stop: 4.5 epochs',
    'best: 1 epoch',
    'last: 10 epochs',
  ]);
  expect(lines.map(({ training }) => training)).toEqual([45, 10, 90]);
  expect(lines.map(({ evaluation }) => evaluation)).toEqual([4.5 * EVALUATION, EVALUATION, 10 * EVALUATION]);
  expect(lines.map(({ total }) => total)).toEqual([45 + 4.5 * EVALUATION, 10 + EVALUATION, 90 + 10 * EVALUATION]);
});
