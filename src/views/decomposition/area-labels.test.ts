/** @file The names of the areas stand in the middle of what they name. */
import { expect, it } from 'vitest';
import { areaLabels } from './area-labels.ts';

const areas = { error: 1, variance: 0.4, sampling: NaN, noise: 0.2, bias: 'bias²', known: true };
const places = (given: Partial<typeof areas>) =>
  Object.fromEntries(areaLabels({ ...areas, ...given }).map(({ text, value }) => [text, Number(value.toFixed(12))]));

it('names noise, bias² and variance between zero and the error', () => {
  expect(places({})).toEqual({ 'test error': 1, variance: 0.8, 'bias²': 0.4, noise: 0.1 });
  expect(places({ known: false, noise: 0 })).toEqual({ 'test error': 1, variance: 0.8, 'bias², noise': 0.3 });
  expect(places({ variance: NaN })).toEqual({ 'test error': 1, 'bias² + var.': 0.6, noise: 0.1 });
});

it('names what seeds add above what training sets add', () => {
  expect(places({ sampling: 0.3, bias: 'bias' })).toEqual({
    ...{ 'test error': 1, 'var.: seeds': 0.95, 'var.: data': 0.75 },
    ...{ bias: 0.4, noise: 0.1 },
  });
});
