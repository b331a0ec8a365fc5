/** @file Minibatch orders: whole permutations, redrawn or shared as asked. */
import { expect, it } from 'vitest';
import { batchSizeOf, epochOrder, stepsPerEpoch } from './batches.ts';
import { DEFAULT_EXPERIMENT, type Experiment } from '../experiment/experiment.ts';

const sized = (batchSize: number | 'full', more: Partial<Experiment['training']> = {}): Experiment => ({
  ...DEFAULT_EXPERIMENT,
  training: { ...DEFAULT_EXPERIMENT.training, batchSize, ...more },
});

it('counts steps with a smaller last batch', () => {
  expect(stepsPerEpoch(sized(8), 20)).toBe(3);
  expect(stepsPerEpoch(sized('full'), 20)).toBe(1);
  expect(batchSizeOf(sized(32), 20)).toBe(20);
});

it('meets every point once an epoch, in another order each time and for each replica', () => {
  const order = (replica: number, epoch: number) => Array.from(epochOrder(sized(8), 20, replica, epoch));
  expect(order(1, 3).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
  expect(order(1, 3)).toEqual(order(1, 3));
  expect(order(1, 3)).not.toEqual(order(1, 4));
  expect(order(1, 3)).not.toEqual(order(2, 3));
});

it('shares the order, or leaves it alone, when told to', () => {
  const redraw = { ...DEFAULT_EXPERIMENT.replicas.redraw, order: false };
  const shared = { ...sized(8), replicas: { ...DEFAULT_EXPERIMENT.replicas, redraw } };
  expect(epochOrder(shared, 20, 5, 3)).toEqual(epochOrder(sized(8), 20, 0, 3));
  expect(Array.from(epochOrder(sized(8, { shuffle: false }), 4, 1, 1))).toEqual([0, 1, 2, 3]);
});
