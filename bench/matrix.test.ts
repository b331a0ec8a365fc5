/** @file The matrix covers what the table of results promises, and no trainer is asked for what it cannot divide. */
import { expect, it } from 'vitest';
import { BASE, matrix, caseName, SWEEPS } from './matrix.ts';

it('begins with the base case, has every sweep and no case twice', () => {
  const names = matrix().map(caseName);
  expect(names[0]).toBe(caseName(BASE));
  expect(new Set(names).size).toBe(names.length);
  for (const sweep of Object.values(SWEEPS)) {
    expect(sweep.map(caseName)).toContain(caseName(BASE));
    expect(names).toEqual(expect.arrayContaining(sweep.map(caseName)));
  }
});
