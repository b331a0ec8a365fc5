/** @file The frame of an epoch chart: both scales and the plot's box, from the size of the panel. */
import { epochScale, type EpochScale } from './epoch-scale.ts';
import { valueScale, type ValueScale } from './value-scale.ts';

export interface Frame {
  epochs: EpochScale;
  values: ValueScale;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface Wish {
  width: number;
  /** px from the upper edge of the plot to the top and the bottom of the axis. */
  top: number;
  bottom: number;
  gutters: { left: number; right: number };
  epochs: number;
  axis: 'linear' | 'log';
  /** The cut of the vertical axis, and about how many steps it has. */
  max: number;
  steps: number;
  /** Where it begins: 0 unless something lies below. */
  min?: number;
}

export function frame({ width, top, bottom, gutters, epochs, axis, max, steps, min = 0 }: Wish): Frame {
  const scale = epochScale({ width, ...gutters, epochs, axis });
  // A panel that is not laid out yet has no height; its axis still has to have one.
  const low = Math.max(bottom, top + 1);
  return {
    epochs: scale,
    values: valueScale(max, top, low, steps, min),
    left: scale.left,
    right: scale.left + scale.span,
    top,
    bottom: low,
  };
}

/** The middle of the device pixel that a hairline should fill. */
export const crisp = (px: number): number => Math.round(px) + 0.5;
