/** @file Maps against mean, variance and losses of the plain forward pass. */
import { expect, it, vi } from 'vitest';
import { WeightArchive } from './weight-archive.ts';
import { mapReplicas } from './maps.ts';
import { forward, initialWeights } from '../model/network.ts';
import { jobOf } from '../trainers/trainer.testing.ts';

const job = jobOf({ objective: 'binary-cross-entropy' });
const { layout, experiment } = job;
const points = Float32Array.of(0, 0, 1, -1);

function archiveOf(poison: number | null): WeightArchive {
  const weights = new Float32Array(3 * layout.parameters);
  for (let r = 0; r < 3; r++) weights.set(initialWeights(layout, experiment, r), r * layout.parameters);
  if (poison !== null) weights.fill(NaN, poison * layout.parameters, (poison + 1) * layout.parameters);
  const archive = new WeightArchive(3, layout.parameters);
  archive.add(0, weights, [1, 1, 1]);
  return archive;
}
const said = (r: number) =>
  Array.from(forward(layout, initialWeights(layout, experiment, r), points, 2), (z) => 1 / (1 + Math.exp(-z)));

it.each([
  [null, [0, 1, 2]],
  [1, [0, 2]],
])('gives mean and variance over the replicas that are finite (poisoned: %s)', async (poison, sound) => {
  const yieldToMessages = vi.fn(() => Promise.resolve());
  const map = await mapReplicas(job, archiveOf(poison), Int32Array.of(5, 5, 5), points, yieldToMessages);
  expect(Array.from(map.epochs)).toEqual([0, 0, 0]);
  expect(yieldToMessages).toHaveBeenCalledTimes(3);
  for (let g = 0; g < 2; g++) {
    const values = sound.map((r) => said(r)[g]!);
    const mean = values.reduce((a, b) => a + b) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
    expect(map.mean[g]).toBeCloseTo(mean, 6);
    expect(map.variance[g]).toBeCloseTo(variance, 6);
  }
});

it('gives each replica’s loss against targets that are sent along: the cross-entropy written out', async () => {
  const target = Float64Array.of(0.25, 1);
  const against = { target, noise: new Float64Array(2) };
  const yieldToMessages = () => Promise.resolve();
  const { losses } = await mapReplicas(job, archiveOf(1), new Int32Array(3), points, yieldToMessages, against);
  for (const r of [0, 2]) {
    said(r).forEach((p, g) => {
      const expected = -target[g]! * Math.log(p) - (1 - target[g]!) * Math.log(1 - p);
      expect(losses![r * 2 + g]).toBeCloseTo(expected, 6);
    });
  }
  expect(losses!.subarray(2, 4)).toEqual(Float32Array.of(NaN, NaN));
  expect((await mapReplicas(job, archiveOf(1), new Int32Array(3), points, yieldToMessages)).losses).toBeNull();
});
