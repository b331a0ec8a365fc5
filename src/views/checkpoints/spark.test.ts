/** @file The small curve of a checkpoint. */
import { describe, expect, it } from 'vitest';
import type { CheckpointMeta } from '../../checkpoints/checkpoint.ts';
import { SPARK_HEIGHT, SPARK_WIDTH, sparkPath, sparkScale, sparkX, sparkY } from './spark.ts';

const row = (error: number[], outcome: { error: number; bias2: number; variance: number }) =>
  ({ curves: { error: Float32Array.from(error) }, outcome }) as unknown as CheckpointMeta;

describe('the scale', () => {
  it('is one for all rows and begins at the noise floor', () => {
    const rows = [
      row([9, 0.5, 0.75], { error: 0.5, bias2: 0.125, variance: 0.125 }),
      row([9, 1, 2], { error: 1, bias2: 0.5, variance: 0.25 }),
    ];
    expect(sparkScale(rows)).toEqual({ low: 0.25, high: 0.25 + 0.75 * 1.8 });
  });

  it('stands without rows, and with one replica, whose parts are not known', () => {
    expect(sparkScale([])).toEqual({ low: 0, high: 1 });
    const { low, high } = sparkScale([row([0.5], { error: 0.5, bias2: NaN, variance: NaN })]);
    expect(high).toBeGreaterThan(low);
  });
});

describe('the curve', () => {
  const scale = { low: 0, high: 1 };

  it('runs from edge to edge, the lowest error at the bottom', () => {
    expect([sparkX(0, 10), sparkX(9, 10)]).toEqual([0, SPARK_WIDTH]);
    expect([sparkY(0, scale), sparkY(1, scale), sparkY(5, scale)]).toEqual([SPARK_HEIGHT - 1, 1, 1]);
  });

  it('breaks where the error is not finite', () => {
    expect(sparkPath([0, 1, NaN, 0, 1], scale)).toMatch(/^M[^M]*L[^M]*M[^M]*L[^M]*$/);
  });

  it('has at most two points for each pixel', () => {
    expect(sparkPath(new Float32Array(5000), scale).match(/[ML]/g)!.length).toBeLessThanOrEqual(2 * SPARK_WIDTH);
  });
});
