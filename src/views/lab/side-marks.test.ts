/** @file The markers of compared rules. */
import { expect, it } from 'vitest';
import { MOST_RULES } from '../../session/lab/compared-rules.ts';
import { MARKS, outlines } from './side-marks.ts';

it('has a colour and a shape of its own for every place', () => {
  expect(MARKS).toHaveLength(MOST_RULES);
  expect(new Set(MARKS.map(({ colour }) => colour)).size).toBe(MOST_RULES);
  expect(new Set(MARKS.map(({ shape }) => shape)).size).toBe(MOST_RULES);
});

it('puts a shape at every foot, in units of the scale', () => {
  const feet = [
    { x: 30, y: 12 },
    { x: 45, y: 9 },
  ];
  expect(outlines('h1z', feet, 1.5)).toBe('M20.00 8.00h1zM30.00 6.00h1z');
  expect(outlines('h1z', [], 1.5)).toBe('');
});
