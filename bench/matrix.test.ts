/** @file The matrix covers what the table of results promises, and no trainer is asked for what it cannot divide. */
import { expect, it } from 'vitest';
import { BASE, matrix, nameOf, SWEEPS } from './matrix.ts';

it('begins with the base case, has every sweep and no case twice', () => {
  const names = matrix().map(nameOf);
  expect(names[0]).toBe(nameOf(BASE));
  expect(new Set(names).size).toBe(names.length);
  for (const sweep of Object.values(SWEEPS)) {
    expect(sweep.map(nameOf)).toContain(nameOf(BASE));
    expect(names).toEqual(expect.arrayContaining(sweep.map(nameOf)));
  }
});
