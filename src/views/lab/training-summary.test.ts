/** @file The course of a training in words. */
import { expect, it } from 'vitest';
import { tapeOf } from '../../stopping/tape.testing.ts';
import { noiseInWords, updatesInWords } from './training-summary.ts';

it('states updates and examples, and how the pace changed', () => {
  const steady = tapeOf({ epochs: 500 }, { updates: (_, e) => 4 * (e + 1) });
  expect(updatesInWords(steady, 499, 20)).toBe('By epoch 500: 2,000 updates (4 an epoch) on 10,000 examples.');
  // Four steps an epoch, from the third epoch on two.
  const slower = tapeOf({ epochs: 5 }, { updates: (_, e) => (e < 2 ? 4 * (e + 1) : 8 + 2 * (e - 1)) });
  expect(updatesInWords(slower, 4, 20)).toBe('By epoch 5: 14 updates (4 in epoch 1, 2 in epoch 5) on 100 examples.');
});

it('gives the median noise scale, a gradient lost in noise as the largest', () => {
  const tape = tapeOf({ replicas: 3, epochs: 2 }, { gradientNoise: (r, e) => (e === 0 ? NaN : [40, -3, 12][r]!) });
  expect(noiseInWords(tape, 0)).toBeNull();
  expect(noiseInWords(tape, 1)).toContain('after epoch 2, median over the replicas: 40 points.');
  const lost = tapeOf({ replicas: 3, epochs: 1 }, { gradientNoise: (r) => [40, -3, -12][r]! });
  expect(noiseInWords(lost, 0)).toContain('too large to measure with these points');
});
