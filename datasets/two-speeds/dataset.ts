/** @file One fine contrast that matters most and varies least, among eight coarse columns: learned last. */
import type { TableDataset } from '../contract.ts';
import { readTable } from '../table.ts';

export const dataset: TableDataset = {
  kind: 'table',
  id: 'two-speeds',
  label: 'two speeds',
  about:
    'Eight columns that say a little, and two that differ by a hair, which says the most: learned, and overfitted, in two steps.',
  short: 'coarse and fine columns',
  task: 'regression',
  rows: 1000,
  features: 10,
  source: 'own formula: left, right = w ± 0.07 v; y = √(0.4/8)·Σx + √0.55·v + √0.05·e; all standard normal',
  licence: 'MIT',
  sha256: '7d6d65455c99c28848b2b111e98fa4d7446c7986486d458437c4387ddf50be6e',
  load: async () => readTable((await import('./two-speeds.csv?raw')).default, 'two speeds', 'regression', null),
  suggested: { 'data.trainSize': 16, 'data.validationSize': 100, 'data.testSize': 256, 'model.inputScale': 1 },
};
