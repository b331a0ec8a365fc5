/** @file The error's floor against variance and entropy, and the error of an untrained network. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_EXPERIMENT, type Experiment } from '../../engine/experiment/experiment.ts';
import type { TestSet } from '../../engine/data/replicas.ts';
import type { ObjectiveName } from '../../engine/model/objectives.ts';
import { constantError, constantLoss, firstLossCut, noiseFloor } from './reference.ts';

const of = (objective: ObjectiveName, loss: Partial<Experiment['loss']> = {}) => ({
  objective,
  loss: { ...DEFAULT_EXPERIMENT.loss, ...loss },
});

function testSet(target: number[], noise: number[], known = true): TestSet {
  return {
    size: noise.length,
    x: new Float32Array(noise.length),
    target: Float64Array.from(target),
    noise: Float64Array.from(noise),
    known,
  };
}

describe('noiseFloor', () => {
  it('is σ² for squared error', () => {
    expect(noiseFloor(testSet([1, -1], [0.1225, 0.1225]), of('squared-error'))).toBeCloseTo(0.1225, 12);
  });

  it('is the entropy of the labels for cross-entropy: ln 2 for a fair coin, ln 4 for four equal classes', () => {
    expect(noiseFloor(testSet([0.5, 0.5], [0.25, 0.25]), of('binary-cross-entropy'))).toBeCloseTo(Math.LN2, 12);
    expect(noiseFloor(testSet([0.25, 0.25, 0.25, 0.25], [0.75]), of('softmax-cross-entropy'))).toBeCloseTo(
      Math.log(4),
      12,
    );
    // Half of the points certain: half of ln 2.
    expect(noiseFloor(testSet([0.5, 1], [0.25, 0]), of('binary-cross-entropy'))).toBeCloseTo(Math.LN2 / 2, 12);
  });

  it('is the mean absolute noise, σ·√(2/π), for absolute error', () => {
    const [one, two] = [0.35, 0.8];
    const floor = noiseFloor(testSet([1, -1], [one ** 2, two ** 2]), of('absolute-error'));
    expect(floor).toBeCloseTo(((one + two) / 2) * Math.sqrt(2 / Math.PI), 10);
  });

  it('is half of σ² for Huber where δ is beyond the noise, and near δ times that of absolute error where it is small', () => {
    const set = testSet([1, -1], [0.1225, 0.1225]);
    expect(noiseFloor(set, of('huber', { huberDelta: 10 }))).toBeCloseTo(0.1225 / 2, 10);
    const delta = 1e-3;
    const absolute = noiseFloor(set, of('absolute-error'))!;
    // Off by δ²/2 and what lies within δ.
    expect(Math.abs(noiseFloor(set, of('huber', { huberDelta: delta }))! - delta * absolute)).toBeLessThan(delta ** 2);
  });

  it('is the entropy of smoothed labels where they are smoothed, and not known where hard points weigh more', () => {
    const set = testSet([1, 0], [0, 0]);
    const smoothed = -(0.95 * Math.log(0.95) + 0.05 * Math.log(0.05));
    expect(noiseFloor(set, of('binary-cross-entropy', { labelSmoothing: 0.1 }))).toBeCloseTo(smoothed, 12);
    expect(noiseFloor(testSet([0.5], [0.25]), of('binary-cross-entropy', { focalGamma: 2 }))).toBeNull();
  });

  it('is unknown for real data and absent without noise', () => {
    expect(noiseFloor(testSet([1, 0], [0, 0], false), of('binary-cross-entropy'))).toBeNull();
    expect(noiseFloor(testSet([1, 0], [0, 0]), of('squared-error'))).toBeNull();
  });
});

it('expects of an untrained network the error of the mean', () => {
  const grid = Array.from({ length: 256 }, (_, i) => Math.sin((2 * Math.PI * (i + 0.5)) / 256));
  const set = testSet(
    grid,
    grid.map(() => 0.35 ** 2),
  );
  expect(constantError(set)).toBeCloseTo(0.5 + 0.1225, 10);
  expect(firstLossCut(set, of('squared-error'))).toBe(0.5);
  expect(firstLossCut(testSet([0.5], [0.25]), of('binary-cross-entropy'))).toBe(0.8);
  // Each loss has a size of its own.
  expect(constantLoss(set, of('squared-error'))).toBeCloseTo(constantError(set), 10);
  expect(constantLoss(set, of('huber', { huberDelta: 100 }))).toBeCloseTo(constantError(set) / 2, 10);
  expect(firstLossCut(set, of('huber'))).toBe(0.3);
  expect(firstLossCut(set, of('absolute-error'))).toBe(0.6);
  const four = testSet([1, 0, 0, 0], [0]);
  expect(constantLoss(four, of('softmax-cross-entropy', { focalGamma: 2 }))).toBeCloseTo(0.75 ** 2 * Math.log(4), 10);
});
