/** @file Disturbed inputs against the law and the moments of the noise; losses against the closed form of a linear network. */
import { describe, expect, it } from 'vitest';
import { dataset as moons } from '../../datasets/moons/dataset.ts';
import { dataset as sine } from '../../datasets/sine/dataset.ts';
import { WeightArchive } from '../engine/record/weight-archive.ts';
import { DEFAULT_EXPERIMENT, type Experiment } from '../engine/experiment/experiment.ts';
import { mapReplicas } from '../engine/record/maps.ts';
import { layoutOf } from '../engine/model/network.ts';
import { drawReplicas } from '../engine/data/replicas.ts';
import { disturb, MOST_DISTURBED_POINTS, robustness, type Disturbed } from './robustness.ts';

const on = (data: Partial<Experiment['data']>, rest: Partial<Experiment> = {}): Experiment => ({
  ...DEFAULT_EXPERIMENT,
  ...rest,
  data: { ...DEFAULT_EXPERIMENT.data, ...data },
  replicas: { ...DEFAULT_EXPERIMENT.replicas, count: 2 },
});
const REGRESSION = on({ source: 'sine', testSize: 1000, noise: 0.3 });

function disturbed(experiment: Experiment, sd: number): Disturbed {
  const work = disturb(experiment, drawReplicas(experiment, null), sd);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

describe('the disturbed test points', () => {
  it('are the test points first, and with no noise again', () => {
    const { test } = drawReplicas(REGRESSION, null);
    const { size, points, against } = disturbed(REGRESSION, 0);
    expect(size).toBe(1000);
    expect(points.subarray(0, 1000)).toEqual(test.x);
    expect(points.subarray(1000, 2000)).toEqual(test.x);
    for (const part of [0, 1]) {
      expect(against.target.subarray(part * 1000, (part + 1) * 1000)).toEqual(test.target);
      expect(against.noise.subarray(part * 1000, (part + 1) * 1000)).toEqual(test.noise);
    }
  });

  it('carry normal noise in units of the standard deviation, the same numbers at every one', () => {
    const { scale } = drawReplicas(REGRESSION, null).standardisation;
    const moved = (sd: number) => {
      const { points } = disturbed(REGRESSION, sd);
      return Array.from({ length: 1000 }, (_, i) => (points[1000 + i]! - points[i]!) / (sd * scale));
    };
    const z = moved(0.1);
    const mean = z.reduce((a, b) => a + b) / 1000;
    const variance = z.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 999;
    // Four standard errors of a mean and of a variance of 1000 normal numbers.
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(1000));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / 999));
    // Inputs are float32: up to 14 network units, rounded to 1e-6 of them, over 0.8.
    moved(2).forEach((value, i) => expect(value).toBeCloseTo(z[i]!, 4));
  });

  it('lie 1.5 times as far from the mean in the last part, where the target is the law’s', () => {
    const { standardisation, test } = drawReplicas(REGRESSION, null);
    const { points, against } = disturbed(REGRESSION, 0.5);
    const mean = standardisation.mean[0]!;
    for (const i of [0, 123, 999]) {
      const raw = (test.x[i]! / standardisation.scale) * standardisation.sd[0]! + mean;
      const far = mean + 1.5 * (raw - mean);
      expect((points[2000 + i]! / standardisation.scale) * standardisation.sd[0]! + mean).toBeCloseTo(far, 6);
      expect(against.target[2000 + i]).toBeCloseTo(Math.sin(2 * Math.PI * far), 6);
      expect(against.noise[2000 + i]).toBeCloseTo(0.09, 12);
    }
    expect(sine.domain[0]![1]).toBeLessThan(mean + 1.5 * (1 - mean));
  });

  it.each(['binary-cross-entropy', 'softmax-cross-entropy'] as const)(
    'have class probabilities for %s',
    (objective) => {
      const experiment = on({ source: 'moons', testSize: 20, noise: 0.2, labelNoise: 0.1 }, { objective });
      const { outputs, standardisation } = drawReplicas(experiment, null);
      const { points, against, size } = disturbed(experiment, 1);
      const seen = points.subarray(2 * (2 * size + 5), 2 * (2 * size + 6));
      const raw = Array.from(
        seen,
        (x, d) => (x / standardisation.scale) * standardisation.sd[d]! + standardisation.mean[d]!,
      );
      const truth = moons.truth(raw, experiment.data);
      expect(against.target[(2 * size + 5) * outputs + outputs - 1]).toBeCloseTo(truth, 5);
      if (outputs === 2) expect(against.target[(2 * size + 5) * 2]).toBeCloseTo(1 - truth, 5);
    },
  );

  it('are thinned, and have no law to go farther out with for a table', () => {
    const table = {
      name: 'line',
      task: 'regression' as const,
      columns: ['x'],
      target: 'y',
      features: Float32Array.from({ length: 5000 }, (_, i) => i),
      targets: Float32Array.from({ length: 5000 }, (_, i) => 2 * i),
      classes: null,
      rows: 5000,
    };
    const experiment = on({ source: 'own', testSize: 4000, trainSize: 20, validationSize: 20 });
    const replicas = drawReplicas(experiment, table);
    const work = disturb(experiment, replicas, 0.1);
    let step = work.next();
    while (!step.done) step = work.next();
    const { size, farther, points, against } = step.value;
    expect(size).toBe(Math.min(MOST_DISTURBED_POINTS, replicas.test.size));
    expect(farther).toBe(false);
    expect(points).toHaveLength(2 * size);
    // Target and input are proportional once standardised: thinned together.
    for (const i of [0, 77, size - 1])
      expect(against.target[i]! * replicas.standardisation.scale).toBeCloseTo(points[i]!, 3);
  });
});

describe('robustness', () => {
  it('gives means over points, then over the replicas that count; differences are paired', () => {
    // [R, 3 parts, 2 points]
    const losses = Float32Array.from([
      ...[1, 3, 2, 4, 10, 10],
      ...[2, 4, 5, 5, NaN, 10],
      ...[9, 9, 9, 9, 9, 9],
      ...[NaN, 1, 1, 1, 1, 1],
    ]);
    const found = robustness(losses, { size: 2, farther: true }, (r) => r !== 2)!;
    expect(found.asTheyAre).toEqual({ loss: { value: 2.5, se: 0.5 }, more: null });
    expect(found.noisy.more).toEqual({ value: 1.5, se: 0.5 });
    expect(found.farther).toEqual({ loss: { value: (10 + 1) / 2, se: 4.5 }, more: { value: 8, se: null } });
    expect(robustness(losses, { size: 2, farther: true }, () => false)).toBeNull();
    expect(robustness(losses.subarray(0, 4), { size: 2, farther: false }, () => true)!.farther).toBeNull();
  });

  it('of a linear network w·x loses w²σ² to noise on its input', async () => {
    const experiment: Experiment = { ...REGRESSION, model: { ...REGRESSION.model, hidden: [], inputScale: 1 } };
    const replicas = drawReplicas(experiment, null);
    const layout = layoutOf(experiment, 1, 1);
    const archive = new WeightArchive(2, layout.parameters);
    const slopes = [3, -5];
    archive.add(0, Float32Array.from(slopes.flatMap((w) => [w, 0])), [1, 1]);
    const asked = disturbed(experiment, 0.4);
    const yieldToMessages = () => Promise.resolve();
    const job = { experiment, layout, replicas };
    const { losses } = await mapReplicas(job, archive, new Int32Array(2), asked.points, yieldToMessages, asked.against);
    slopes.forEach((w, r) => {
      const found = robustness(losses!, asked, (other) => other === r)!;
      const { x, target } = replicas.test;
      const plain = x.reduce((sum, value, i) => sum + (w * value - target[i]!) ** 2, 0) / 1000 + 0.09;
      expect(found.asTheyAre.loss.value).toBeCloseTo(plain, 5);
      // (w(x + σz) − f)² − (wx − f)² = 2wσ·z·(wx − f) + w²σ²z²: four standard errors of its mean over 1000 points.
      const spread = Math.sqrt((4 * w * w * 0.16 * plain + 2 * (w * w * 0.16) ** 2) / 1000);
      expect(Math.abs(found.noisy.more!.value - w * w * 0.16)).toBeLessThan(4 * spread);
    });
  });
});
