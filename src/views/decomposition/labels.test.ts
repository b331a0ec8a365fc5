/** @file Where labels of policies and compared runs are placed. */
import { describe, expect, it } from 'vitest';
import { frame } from '../chart/frame.ts';
import { labelLines } from './compared-name.ts';
import { placePolicy } from './policy-label.ts';

describe('labelLines', () => {
  it('breaks a long name once, near its middle, and says when something is left out', () => {
    expect(labelLines('batch 10')).toEqual(['batch 10']);
    expect(labelLines('40 + 40 points')).toEqual(['40 + 40', 'points']);
    expect(labelLines('weight decay 0.001')).toEqual(['weight', 'decay 0.001']);
    expect(labelLines('unbreakablename')).toEqual(['unbreakabl…']);
  });
});

describe('placePolicy', () => {
  const box = frame({
    width: 544,
    top: 10,
    bottom: 310,
    gutters: { left: 64, right: 80 },
    epochs: 400,
    axis: 'linear',
    max: 0.3,
    steps: 4,
  });
  const flat = new Float64Array(400).fill(0.18);

  it('stands at the mean restored epoch and its own error', () => {
    expect(placePolicy(box, 28.5, 0.15, flat, 400)).toMatchObject({ x: box.epochs.x(28.5), y: 160, leftwards: false });
  });

  it('lifts its label over the curve it passes, and to the left where there is no room on the right', () => {
    const hill = flat.map((value, e) => (e > 60 && e < 120 ? 0.27 : value));
    expect(placePolicy(box, 28, 0.19, hill, 400).labelY).toBeLessThan(box.values.y(0.27));
    expect(placePolicy(box, 380, 0.19, flat, 400)).toMatchObject({ leftwards: true });
  });
});
