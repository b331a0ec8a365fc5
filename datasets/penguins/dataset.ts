/** @file Three species of penguin by four measurements of the body. */
import type { TableDataset } from '../contract.ts';
import { readTable } from '../table.ts';

export const dataset: TableDataset = {
  kind: 'table',
  id: 'penguins',
  label: 'Palmer penguins',
  about: 'Three species told apart by four measurements of the body; nearly, not quite, separable.',
  short: '3 species',
  task: 'multiclass',
  rows: 342,
  features: 4,
  source: 'Horst, Hill and Gorman: palmerpenguins, 2020, doi:10.5281/zenodo.3960218',
  licence: 'CC0 1.0',
  sha256: '4c0f78915143340ee687de5652d9b41f3030fc1ef584c465e5ea78119204c3b2',
  load: async () =>
    readTable((await import('./penguins.csv?raw')).default, 'Palmer penguins', 'multiclass', [
      'Adelie',
      'Chinstrap',
      'Gentoo',
    ]),
  suggested: { 'data.trainSize': 20, 'data.validationSize': 20, 'data.testSize': 100, 'model.inputScale': 2 },
};
