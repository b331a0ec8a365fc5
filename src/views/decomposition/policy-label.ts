/** @file Places the dot of the policy's own error, and its label clear of the curve. */
import type { Frame } from '../chart/frame.ts';

export interface LabelPlace {
  /** px of the dot. */
  x: number;
  y: number;
  /** px of the end of the leader line; the label begins there. */
  labelX: number;
  labelY: number;
  leftwards: boolean;
}

/** px the label takes, and from the dot to the end of its leader. */
const LABEL = 172;
const LEADER = 14;

/**
 * `epoch` is the mean restored epoch (a fraction), `error` the policy's own. The label climbs above the highest point of
 * the curve (`[length]`) that it passes over.
 */
export function placePolicy(
  frame: Frame,
  epoch: number,
  error: number,
  curve: ArrayLike<number>,
  length: number,
): LabelPlace {
  const { epochs, values, left, right, top, bottom } = frame;
  const height = (value: number) => Math.min(bottom, Math.max(top, values.y(value)));
  const x = epochs.x(epoch);
  const y = height(error);
  const leftwards = x > left + (right - left) * 0.6;
  const near = x + (leftwards ? -LEADER - 3 : LEADER + 3);
  const far = near + (leftwards ? -LABEL : LABEL);
  let peak = error;
  for (let e = epochs.invert(Math.min(near, far)); e <= epochs.invert(Math.max(near, far)) && e < length; e++) {
    if (curve[e]! <= values.max) peak = Math.max(peak, curve[e]!);
  }
  const wish = Math.min(y - 26, height(peak) - 12);
  return { x, y, labelX: x + (leftwards ? -LEADER : LEADER), labelY: Math.max(top + 14, wish), leftwards };
}
