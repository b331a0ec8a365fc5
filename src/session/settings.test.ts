/** @file The settings: always one valid experiment, with what was refused kept beside it. */
import { expect, it } from 'vitest';
import { DEFAULT_EXPERIMENT } from '../engine/experiment/experiment.ts';
import { usualSizes } from './own-sizes.ts';
import { Settings } from './settings.svelte.ts';

it('keep a wrong value beside the unchanged experiment, until it fits or is let go', () => {
  const settings = new Settings();
  expect(settings.change('training.epochs', 3)).toBe(true);
  expect(settings.change('training.warmup', 5)).toBe(false);
  expect(settings.experiment.training.warmup).toBe(0);
  expect(settings.refusal('training.warmup')).toMatchObject({ value: 5, remedy: expect.stringContaining('3 epochs') });
  // More epochs clear its way.
  expect(settings.change('training.epochs', 20)).toBe(true);
  expect([settings.refused, settings.experiment.training.warmup]).toEqual([false, 5]);
  settings.change('training.epochs', 'many');
  settings.dismiss('training.epochs');
  expect(settings.refused).toBe(false);
});

it('change several fields together or not at all', () => {
  const settings = new Settings();
  expect(settings.changeAll({ seed: 9, 'replicas.count': 0 })).toBe(false);
  expect(settings.experiment).toEqual(DEFAULT_EXPERIMENT);
});

it('take a dataset with what suits it, and a table of the reader with sizes that fit its rows', () => {
  const settings = new Settings();
  settings.change('seed', 9);
  settings.chooseDataset('moons');
  expect(settings.experiment).toMatchObject({ seed: 9, data: { source: 'moons' }, objective: 'binary-cross-entropy' });
  const rows = 40;
  const table = {
    ...{ name: 'own.csv', task: 'regression' as const, columns: ['x'], target: 'y', classes: null, rows },
    features: new Float32Array(rows),
    targets: new Float32Array(rows),
  };
  const own = {
    name: 'own.csv',
    target: 'y',
    task: 'regression' as const,
    rows,
    features: 1,
    outputs: 1,
    sha256: '0'.repeat(64),
  };
  expect(settings.chooseOwn(table, own, usualSizes(table.rows, settings.sizes))).toBe(true);
  const { trainSize, validationSize } = settings.experiment.data;
  expect(trainSize + validationSize).toBeLessThanOrEqual(0.7 * rows);
  expect(settings.own).toBe(table);
  settings.replace(DEFAULT_EXPERIMENT, null);
  expect([settings.experiment, settings.own]).toEqual([DEFAULT_EXPERIMENT, null]);
});
