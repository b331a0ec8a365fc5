/** @file The seed of the property tests, and what the environment may ask for. */
import { expect, it } from 'vitest';
import { propertySeeds } from './property-seeds.js';

it('takes the seed of the repository, or those that are asked for', () => {
  expect(propertySeeds(undefined)).toEqual([20_261_101]);
  expect(propertySeeds('1535034563')).toEqual([1535034563]);
  expect(propertySeeds('-7, 0,2147483647')).toEqual([-7, 0, 2147483647]);
});

it.each(['', '1,', 'luck', '1.5', '0x10', '2147483648'])('refuses "%s"', (asked) => {
  expect(() => propertySeeds(asked)).toThrow(`PATIENCE_SEED is "${asked}": give whole numbers of 32 bits`);
});
