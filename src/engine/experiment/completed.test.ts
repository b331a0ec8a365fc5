/** @file Older experiments: what they could not know is added, nothing else. */
import { expect, it } from 'vitest';
import { completed } from './completed.ts';
import { DEFAULT_EXPERIMENT } from './experiment.ts';
import { parse } from './schema.ts';

it('completes an experiment of the first days, as it was meant', () => {
  const { initializer: _, initialScale: __, dropout: ___, ...model } = DEFAULT_EXPERIMENT.model;
  const { optimizer, batchSize, shuffle, epochs, l2, haltWhenStopped } = DEFAULT_EXPERIMENT.training;
  const { loss: ____, stages: _____, ...rest } = DEFAULT_EXPERIMENT;
  const old = { ...rest, model, training: { optimizer, batchSize, shuffle, epochs, l2, haltWhenStopped } };
  expect(parse(old).ok).toBe(false);
  expect(parse(completed(old))).toEqual({ ok: true, experiment: DEFAULT_EXPERIMENT });
});

it('leaves what is there, and what is missing otherwise', () => {
  const changed = { ...DEFAULT_EXPERIMENT, training: { ...DEFAULT_EXPERIMENT.training, warmup: 3 } };
  expect(completed(changed)).toEqual(changed);
  expect(completed({ version: 1 })).toMatchObject({ version: 1, loss: DEFAULT_EXPERIMENT.loss });
  expect(parse(completed({ version: 1 })).ok).toBe(false);
  expect(completed('nonsense')).toBe('nonsense');
});
