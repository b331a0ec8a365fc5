/** @file Fuel consumption of cars from 1970 to 1982. */
import type { TableDataset } from '../contract.ts';
import { readTable } from '../table.ts';

export const dataset: TableDataset = {
  kind: 'table',
  id: 'auto-mpg',
  label: 'Auto MPG',
  about: 'Miles per gallon of cars from 1970 to 1982, from their weight, power, year and origin.',
  short: 'miles per gallon',
  task: 'regression',
  rows: 392,
  features: 8,
  source: 'Quinlan: Auto MPG, UCI, 1993, doi:10.24432/C5859H',
  licence: 'CC BY 4.0',
  sha256: '29507049512558828967455038a9c9586d078719aa3306271d34daf97a0b12ba',
  load: async () => readTable((await import('./auto-mpg.csv?raw')).default, 'Auto MPG', 'regression', null),
  suggested: { 'data.trainSize': 40, 'data.validationSize': 40, 'data.testSize': 115, 'model.inputScale': 0.5 },
};
