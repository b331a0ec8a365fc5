/** @file The error's floor against variance and entropy, and the error of an untrained network. */
import { describe, expect, it } from 'vitest';
import type { TestSet } from '../../engine/data/replicas.ts';
import { constantError, firstLossCut, noiseFloor } from './reference.ts';

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
    expect(noiseFloor(testSet([1, -1], [0.1225, 0.1225]), 'squared-error')).toBeCloseTo(0.1225, 12);
  });

  it('is the entropy of the labels for cross-entropy: ln 2 for a fair coin, ln 4 for four equal classes', () => {
    expect(noiseFloor(testSet([0.5, 0.5], [0.25, 0.25]), 'binary-cross-entropy')).toBeCloseTo(Math.LN2, 12);
    expect(noiseFloor(testSet([0.25, 0.25, 0.25, 0.25], [0.75]), 'softmax-cross-entropy')).toBeCloseTo(Math.log(4), 12);
    // Half of the points certain: half of ln 2.
    expect(noiseFloor(testSet([0.5, 1], [0.25, 0]), 'binary-cross-entropy')).toBeCloseTo(Math.LN2 / 2, 12);
  });

  it('is unknown for real data and absent without noise', () => {
    expect(noiseFloor(testSet([1, 0], [0, 0], false), 'binary-cross-entropy')).toBeNull();
    expect(noiseFloor(testSet([1, 0], [0, 0]), 'squared-error')).toBeNull();
  });
});

it('expects of an untrained network the error of the mean', () => {
  const grid = Array.from({ length: 256 }, (_, i) => Math.sin((2 * Math.PI * (i + 0.5)) / 256));
  const set = testSet(
    grid,
    grid.map(() => 0.35 ** 2),
  );
  expect(constantError(set)).toBeCloseTo(0.5 + 0.1225, 10);
  expect(firstLossCut(set, 'squared-error')).toBe(0.5);
  expect(firstLossCut(testSet([0.5], [0.25]), 'binary-cross-entropy')).toBe(0.8);
});
