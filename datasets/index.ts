/** @file Every dataset of this folder, found by its folder: adding one touches nothing else. */
import type { Dataset } from './contract.ts';

const modules = import.meta.glob<Dataset>('./*/dataset.ts', { eager: true, import: 'dataset' });

export const DATASETS: readonly Dataset[] = Object.keys(modules)
  .sort()
  .map((path) => modules[path] as Dataset);

export function datasetOf(id: string): Dataset | undefined {
  return DATASETS.find((dataset) => dataset.id === id);
}
