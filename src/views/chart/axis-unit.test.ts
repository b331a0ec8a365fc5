/** @file The epoch axis in every unit. */
import { expect, it } from 'vitest';
import { workloadOf } from '../../engine/record/cost.ts';
import { optimizerDefaults } from '../../engine/training/optimizers.ts';
import { jobOf } from '../../engine/trainers/trainer.testing.ts';
import { axisWords } from './axis-unit.ts';

// 2-16-16-1, tanh, Adam, batches of 10, 10 and 5: 61 168 FLOPs an epoch, counted by hand in cost.test.ts.
const workload = workloadOf(
  jobOf({
    trainSize: 25,
    model: { hidden: [16, 16], activation: 'tanh' },
    training: { optimizer: optimizerDefaults('adam'), batchSize: 10 },
  }),
);

it.each([
  ['epochs', ['1', '50', '10000']],
  ['updates', ['3', '150', '30k']],
  ['examples', ['25', '1250', '250k']],
  ['FLOPs', ['61.2k', '3.06M', '612M']],
] as const)('writes the first, the 50th and the 10 000th epoch in %s', (unit, words) => {
  expect([0, 49, 9999].map(axisWords(unit, workload, null))).toEqual(words);
});

it('says epochs while nothing is drawn yet', () => {
  expect(axisWords('FLOPs', null, null)(49)).toBe('50');
});

it('goes by what is recorded where epochs differ, and says nothing of those to come', () => {
  const recorded = { updates: [3, 4, NaN], examples: [25, 50, NaN], flops: [61_168, 113_574, NaN] };
  const words = (unit: 'updates' | 'examples' | 'FLOPs') => [0, 1, 2].map(axisWords(unit, workload, recorded));
  expect(words('updates')).toEqual(['3', '4', '']);
  expect(words('examples')).toEqual(['25', '50', '']);
  expect(words('FLOPs')).toEqual(['61.2k', '114k', '']);
});
