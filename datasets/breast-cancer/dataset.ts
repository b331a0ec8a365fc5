/** @file Malignant or benign, by thirty measurements of cell nuclei. */
import type { TableDataset } from '../contract.ts';
import { readTable } from '../table.ts';

export const dataset: TableDataset = {
  kind: 'table',
  id: 'breast-cancer',
  label: 'breast cancer',
  about: 'Malignant or benign, from thirty measurements of cell nuclei: many inputs, few rows.',
  short: '2 diagnoses',
  task: 'binary',
  rows: 569,
  features: 30,
  source:
    'Wolberg, Mangasarian, Street and Street: Breast Cancer Wisconsin (Diagnostic), UCI, 1995, doi:10.24432/C5DW2B',
  licence: 'CC BY 4.0',
  sha256: '365d6cec7643afcefa0be592e3d5541c0f3ad536ce463e033bdf3f4a1f2ba289',
  load: async () =>
    readTable((await import('./breast-cancer.csv?raw')).default, 'breast cancer', 'binary', ['benign', 'malignant']),
  suggested: { 'data.trainSize': 40, 'data.validationSize': 40, 'data.testSize': 170, 'model.inputScale': 0.5 },
};
