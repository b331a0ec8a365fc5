/** @file The vertical scale: where it is cut, and its ticks. */
import { describe, expect, it } from 'vitest';
import { heldCut, placesFor, roundUp, valueScale, wantedCut } from './value-scale.ts';

describe('valueScale', () => {
  it('puts zero at the bottom, the cut at the top, and round numbers between', () => {
    const { y, ticks } = valueScale(0.5, 66, 324, 5);
    expect([y(0), y(0.5)]).toEqual([324, 66]);
    expect(ticks.map(({ text }) => text)).toEqual(['0', '0.1', '0.2', '0.3', '0.4', '0.5']);
    expect(valueScale(0.3, 0, 100, 4).ticks.map(({ text }) => text)).toEqual(['0', '0.1', '0.2', '0.3']);
    expect(valueScale(1.5, 0, 100, 5).ticks.map(({ text }) => text)).toEqual([
      '0',
      '0.2',
      '0.4',
      '0.6',
      '0.8',
      '1.0',
      '1.2',
      '1.4',
    ]);
    expect(valueScale(40, 0, 100, 4).ticks.map(({ text }) => text)).toEqual(['0', '10', '20', '30', '40']);
  });

  it('goes below zero where it is told to', () => {
    const { y, ticks } = valueScale(1, 0, 90, 5, -2);
    expect([y(-2), y(0), y(1)]).toEqual([90, 30, 0]);
    expect(ticks.map(({ text }) => text)).toEqual(['−2.0', '−1.5', '−1.0', '−0.5', '0', '0.5', '1.0']);
    expect(valueScale(0, 0, 90, 3, -3).ticks.map(({ text }) => text)).toEqual(['−3', '−2', '−1', '0']);
  });
});

describe('the cut', () => {
  it('is rounded up to a number people read easily', () => {
    expect([0.46, 0.2916, 1, 1.01, 7, 83, 0.00021].map(roundUp)).toEqual([0.5, 0.3, 1, 1.5, 8, 100, 0.0003]);
  });

  const flat = (value: number) => Array.from({ length: 100 }, (_, e) => (e < 15 ? 50 : value));

  it('leaves headroom over the curves, whatever their first epochs did', () => {
    expect(wantedCut([flat(0.23), flat(0.1)], 100, 2)).toBe(0.5);
  });

  it('waits for enough epochs, and passes over what is not finite', () => {
    expect(wantedCut([flat(0.23)], 10, 2)).toBeNull();
    expect(wantedCut([flat(NaN)], 100, 2)).toBeNull();
    expect(wantedCut([flat(NaN), flat(0.23)], 100, 2)).toBe(0.5);
  });

  it('does not follow a curve that blows up', () => {
    const blown = flat(0.23).map((value, e) => (e > 60 ? 10 ** (e - 60) : value));
    expect(wantedCut([blown], 100, 2)).toBe(5);
  });

  it('holds still while the curves grow, moves when it is far off, and is exact in the end', () => {
    const cutOf = heldCut();
    const run = {};
    expect(cutOf(run, () => 0.5, null, true)).toBe(0.5);
    expect(cutOf(run, () => 9, 0.6, true)).toBe(0.5);
    expect(cutOf(run, () => 9, 0.4, true)).toBe(0.5);
    expect(cutOf(run, () => 9, 0.8, true)).toBe(0.8);
    expect(cutOf(run, () => 9, 0.6, true)).toBe(0.8);
    expect(cutOf(run, () => 9, 0.6, false)).toBe(0.6);
    expect(cutOf({}, () => 9, null, true)).toBe(9);
  });

  it('decides how many decimals show a thousandth of the axis', () => {
    expect([0.5, 0.05, 0.0003, 30].map(placesFor)).toEqual([3, 4, 6, 3]);
  });
});
