/** @file Dropout and input noise: the places of their numbers in the streams, and their laws. */
import { expect, it } from 'vitest';
import { inverseNormal } from '../../../datasets/special.ts';
import { dropoutFactors, inputNoise } from './disturbance.ts';
import { stream } from '../random.ts';
import { jobOf } from '../trainers/trainer.testing.ts';

it('takes the words of a stream one after the other where widths are whole fours', () => {
  const { experiment, layout } = jobOf({ features: 4, model: { hidden: [8, 4], dropout: [0.3, 0.6] } });
  const words = stream(experiment.seed, 'dropout', 2, 5);
  const normals = stream(experiment.seed, 'input-noise', 2, 5);
  const [first, second] = dropoutFactors(experiment, layout, 2, 5, 0, 3);
  const noise = inputNoise(experiment, 4, 2, 5, 0, 3);
  for (let p = 0; p < 3; p++) {
    for (let u = 0; u < 8; u++) expect(first![p * 8 + u]).toBe(words.word() < 0.3 * 2 ** 32 ? 0 : 1 / 0.7);
    for (let u = 0; u < 4; u++) expect(second![p * 4 + u]).toBe(words.word() < 0.6 * 2 ** 32 ? 0 : 1 / 0.4);
    for (let d = 0; d < 4; d++) expect(noise[p * 4 + d]).toBe(inverseNormal((normals.word() + 0.5) / 2 ** 32));
  }
});

it('is the same whichever batch a point falls into', () => {
  const { experiment, layout } = jobOf({ features: 3, model: { hidden: [7, 5], dropout: [0.3, 0.6] } });
  const whole = dropoutFactors(experiment, layout, 1, 2, 0, 10);
  const part = dropoutFactors(experiment, layout, 1, 2, 6, 4);
  expect(part[1]).toEqual(whole[1]!.subarray(6 * 5));
  expect(inputNoise(experiment, 3, 1, 2, 6, 4)).toEqual(inputNoise(experiment, 3, 1, 2, 0, 10).subarray(6 * 3));
});

it('leaves out its share, another one for each replica and epoch, or the same for all where the order is shared', () => {
  const { experiment, layout } = jobOf({ model: { hidden: [50], dropout: [0.3] } });
  const out = (replica: number, epoch: number, e = experiment) => dropoutFactors(e, layout, replica, epoch, 0, 100)[0]!;
  const dropped = out(0, 0).filter((factor) => factor === 0).length;
  // 5,000 draws: standard deviation 32.
  expect(Math.abs(dropped - 1500)).toBeLessThan(160);
  expect(out(0, 0)).not.toEqual(out(1, 0));
  expect(out(0, 0)).not.toEqual(out(0, 1));
  const shared = {
    ...experiment,
    replicas: { ...experiment.replicas, redraw: { data: true, weights: true, order: false } },
  };
  expect(out(5, 3, shared)).toEqual(out(0, 3));
});
