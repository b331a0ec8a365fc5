/** @file A noisy test set against the exact error that it estimates. */
import { expect, it } from 'vitest';
import { Tape } from '../engine/record/tape.ts';
import { drawNoisyTest, noisyLoss, noisyLosses } from './noisy-test.ts';

const D = 50;
const target = {
  target: Float64Array.from({ length: D }, (_, i) => i / D),
  noise: new Float64Array(D).fill(0.25),
  known: true,
};

/** One replica, two epochs, predictions 0 and 1 everywhere. */
function tape(): Tape {
  const made = new Tape({ replicas: 1, epochs: 2, points: D, outputs: 1, classification: false });
  made.predictions.set([...new Array<number>(D).fill(0), ...new Array<number>(D).fill(1)]);
  made.length = 2;
  return made;
}

it('estimates the error with its noise, as a law of large numbers has it', () => {
  const test = drawNoisyTest(target, 7, 20_000, 0);
  const [low, high] = noisyLosses(tape(), test, 0);
  const exact = (prediction: number) => target.target.reduce((sum, f) => sum + (prediction - f) ** 2, 0) / D + 0.25;
  // Squares of this size have a standard deviation below 1: four standard errors of 20,000.
  expect(Math.abs(low! - exact(0))).toBeLessThan(0.03);
  expect(Math.abs(high! - exact(1))).toBeLessThan(0.03);
  expect(noisyLoss(tape(), test, 0, 1)).toBe(high);
});

it('draws another one by another number or seed, and the same one again', () => {
  const draw = (seed: number, which: number) => [...drawNoisyTest(target, seed, 10, which).y].join();
  expect(new Set([draw(7, 0), draw(7, 1), draw(8, 0)]).size).toBe(3);
  expect(draw(7, 1)).toBe(draw(7, 1));
});

it('refuses data whose law is not known', () => {
  expect(() => drawNoisyTest({ ...target, known: false }, 7, 10, 0)).toThrow('data.source');
});
