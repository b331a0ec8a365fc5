/** @file The first lesson's best patience and guesses; every lesson brings a valid experiment. */
import { describe, expect, it } from 'vitest';
import { parse } from '../engine/experiment/schema.ts';
import type { Landscape } from '../stopping/landscape.ts';
import { LESSONS } from './index.ts';
import { whenToStop } from './when-to-stop.ts';

/** Two min deltas, three patiences, with known errors. */
const landscape = {
  x: { values: [1, 2, 3] },
  y: { values: [0.001, 0.1] },
  error: Float64Array.of(0.3, 0.2, 0.25, 0.5, 0.1, 0.4),
} as unknown as Landscape;

describe('the lesson', () => {
  it('finds the best patience at the min delta in use, not over the whole map', () => {
    const answer = whenToStop.answer(3, landscape, 0.0012);
    expect(answer).toEqual({ best: { value: 2, error: 0.2 }, guessed: { value: 3, error: 0.25 } });
  });

  it('takes the smallest min delta of the map for none', () => {
    expect(whenToStop.answer(1, landscape, 0).guessed.error).toBe(0.3);
  });

  it('refuses a guess that is not on the map', () => {
    expect(() => whenToStop.answer(4, landscape, 0.001)).toThrow('from 1 to 3');
  });
});

describe('every lesson', () => {
  it('brings a valid experiment and a first guess within its limits', () => {
    for (const { experiment, guess } of LESSONS) {
      expect(parse(experiment).ok).toBe(true);
      expect(guess.start).toBeGreaterThanOrEqual(guess.min);
      expect(guess.start).toBeLessThanOrEqual(guess.max);
    }
  });
});
