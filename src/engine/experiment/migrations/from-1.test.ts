/** @file Documents of version 1: what they could not know is added as off, nothing else is touched. */
import { expect, it } from 'vitest';
import { parseAnyVersion } from '../defaults.ts';
import { STEPS } from './index.ts';
import kept from './kept/1-first-days.json';

const fromVersion1 = STEPS[0]!;

it.each(kept)('completes a document of the first days as it was meant (seed $seed)', (document) => {
  expect(fromVersion1.migrate(document)).toEqual({
    ...document,
    data: { ...document.data, outliers: 0, imbalance: 0, leakage: 0, shift: 0, testDesign: 'sobol' },
    model: { ...document.model, initializer: 'auto', initialScale: 1, dropout: [], layerNorm: false },
    loss: { huberDelta: 1, labelSmoothing: 0, focalGamma: 0, classWeights: 'none' },
    training: {
      ...document.training,
      ...{ schedule: { name: 'constant' }, warmup: 0, batchSchedule: { name: 'fixed' }, gradientNoise: false },
      ...{ l1: 0, weightDecay: 0, maxNorm: 0, clipValue: 0, clipNorm: 0, inputNoise: 0 },
    },
    stages: [],
    stopping: { ...document.stopping, policy: null },
  });
});

it('leaves what is there', () => {
  const [first] = kept;
  const later = { ...first, training: { ...first!.training, warmup: 3, schedule: { name: 'step', every: 5 } } };
  expect(fromVersion1.migrate(later)).toMatchObject(later);
  const whole = fromVersion1.migrate(later);
  expect(fromVersion1.migrate(whole)).toEqual(whole);
});

it('leaves what else is missing or wrong for the schema to name', () => {
  expect(fromVersion1.migrate({ data: 7 })).toMatchObject({ data: 7 });
  expect(fromVersion1.migrate({})).not.toHaveProperty('training');
  expect(parseAnyVersion({ version: 1 }).ok).toBe(false);
});
