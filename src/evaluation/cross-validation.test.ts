/** @file The recommended length of training: a mean with the error that overlapping trainings have. */
import { expect, it } from 'vitest';
import { recommendedTraining } from './cross-validation.ts';

const replay = (restored: number) => ({ stop: restored + 5, fired: true, best: restored, restored, wait: 5 });
const run = {
  replays: [9, 19, 29, 39].map(replay),
  updatesAt: (_: number, epoch: number) => 3 * (epoch + 1),
  ...{ trainSize: 30, validationSize: 10, updatesPerEpochOnAll: 4 },
};

it('is the mean over the folds, and as many updates in fewer epochs on everything', () => {
  const found = recommendedTraining(run)!;
  expect([found.folds, found.epochs.value, found.updates.value]).toEqual([4, 25, 75]);
  // 75 updates of 4 an epoch.
  expect(found.epochsForAll).toBe(19);
  // s² of 10, 20, 30, 40 is 500/3; (1/4 + 10/30)·s².
  expect(found.spread).toBeCloseTo(Math.sqrt(500 / 3), 12);
  expect(found.epochs.se).toBeCloseTo(Math.sqrt((1 / 4 + 1 / 3) * (500 / 3)), 12);
});

it('leaves out trainings that kept nothing, and says nothing without any', () => {
  const found = recommendedTraining({ ...run, replays: [replay(-1), replay(9), replay(-1)] })!;
  expect(found).toMatchObject({ folds: 1, epochs: { value: 10, se: null }, spread: null });
  expect(recommendedTraining({ ...run, replays: [replay(-1)] })).toBeNull();
});
