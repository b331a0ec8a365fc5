/** @file Flags stacked at equal stops. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stackFlags } from './flags.ts';

const at = (...stops: number[]) => stops.map((stop, replica) => ({ replica, stop }));
const px = (epoch: number) => 64 + epoch;

describe('stackFlags', () => {
  it('stands flags that do not touch on the baseline, and stacks those that do', () => {
    const { flags, pitch } = stackFlags(at(10, 50, 12, 90), px, 50);
    expect(pitch).toBe(6);
    expect(flags.map(({ stop, rise }) => [stop, rise])).toEqual([
      [10, 0],
      [12, 6],
      [50, 0],
      [90, 0],
    ]);
  });

  it('makes the marks smaller before a stack outgrows the strip', () => {
    expect(stackFlags(at(...Array(12).fill(20)), px, 50).pitch).toBe(4);
  });

  it('never drops a flag, never leaves the strip, and never lays one mark on another', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 256 }),
        fc.integer({ min: 20, max: 60 }),
        (stops, height) => {
          const { flags, pitch } = stackFlags(at(...stops), px, height);
          expect(flags.map(({ replica }) => replica).sort((a, b) => a - b)).toEqual(stops.map((_, replica) => replica));
          for (const { rise } of flags) expect(rise + pitch).toBeLessThanOrEqual(Math.max(height, pitch));
          for (const { x, stop } of flags) if (pitch > 2) expect(x).toBe(px(stop));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('goes on sideways when even the smallest marks of one epoch do not fit above one another', () => {
    const { flags, pitch } = stackFlags(at(...Array(256).fill(1)), px, 50);
    expect(pitch).toBe(2);
    expect(new Set(flags.map(({ x, rise }) => `${x} ${rise}`)).size).toBe(256);
  });
});
