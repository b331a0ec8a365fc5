/** @file The table of the decomposition and its words: every number, and a dash for what is not known. */
import { expect, it } from 'vitest';
import { decompositionTwin } from './decomposition-twin.ts';
import { spokenLoss } from './spoken-loss.ts';

const twin = {
  curves: { error: Float64Array.of(1, NaN), bias2: Float64Array.of(0.3, NaN), variance: Float64Array.of(0.5, NaN) },
  ...{ epochs: 2, noise: 0.2, bias: 'bias', known: true, places: 2 },
  others: [{ name: 'kept', error: Float32Array.of(0.75) }],
};

it('has a column for each term and compared run', () => {
  expect(decompositionTwin(twin)).toEqual({
    head: ['epoch', 'noise', 'bias', 'variance', 'test error', 'kept'],
    rows: [
      ['1', '0.20', '0.30', '0.50', '1.00', '0.75'],
      ['2', '0.20', '–', '–', '–', '–'],
    ],
  });
  expect(decompositionTwin({ ...twin, known: false, others: [] }).head[1]).toBe('bias with noise');
});

it('is said in words', () => {
  expect(spokenLoss('Huber loss', twin, 0)).toBe('epoch 1: Huber loss 1.00, noise 0.20, bias 0.30, variance 0.50');
  expect(spokenLoss('Huber loss', twin, 1)).toBe('epoch 2: not taken apart yet');
});
