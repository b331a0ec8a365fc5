/** @file Error against compute, on tapes written by hand. */
import { expect, it } from 'vitest';
import { Tape } from '../engine/record/tape.ts';
import { epochWithin, errorsWithin, flopsCurve, lowerEnvelope } from './error-by-flops.ts';

/** `errors[e][r]`; an epoch costs `cost`. */
function tapeOf(cost: number, errors: number[][]): Tape {
  const tape = new Tape({ replicas: 2, epochs: 5, points: 0, outputs: 1, classification: false });
  const rows = errors.flat();
  const flops = errors.flatMap((_, e) => [(e + 1) * cost, (e + 1) * cost]);
  const known = { error: rows, flops, trainLoss: rows, validationLoss: rows, testLoss: rows };
  const names = ['learningRate', 'updates', 'examples', 'seconds'] as const;
  const signals = ['gradientNoise', 'gradientEvidence', 'gradientDisparity', 'predictionChanges'] as const;
  const curves = Object.fromEntries([
    ...Object.entries(known).map(([name, values]) => [name, Float32Array.from(values)]),
    ...[...names, ...signals].map((name) => [name, new Float32Array(rows.length)]),
  ]);
  tape.append({
    first: 0,
    count: errors.length,
    curves,
    predictions: new Float32Array(),
    elapsedMs: 1,
    measuringMs: 0,
  });
  return tape;
}

const small = tapeOf(1, [
  [4, 6],
  [3, 5],
  [2.5, 4.5],
  [2.25, 4.25],
]);
const large = tapeOf(3, [
  [5, 7],
  [2, 3],
  [1, 2],
]);

it('reads the epoch that a budget pays for', () => {
  const curve = flopsCurve(large);
  expect([...curve.flops]).toEqual([3, 6, 9]);
  expect([...curve.error]).toEqual([6, 2.5, 1.5]);
  expect([2, 3, 5.9, 6, 9, 9.1].map((budget) => epochWithin(curve, budget))).toEqual([-1, 0, 0, 1, 2, null]);
  expect([...errorsWithin(large, 8)!]).toEqual([2, 3]);
  expect([errorsWithin(large, 2), errorsWithin(large, 10)]).toEqual([null, null]);
});

it('takes the lowest curve at each budget', () => {
  const envelope = lowerEnvelope([flopsCurve(small), flopsCurve(large)], [0.5, 1, 3, 4, 6, 9, 12]);
  expect(envelope).toEqual([
    { budget: 1, error: 5, curve: 0 },
    { budget: 3, error: 3.5, curve: 0 },
    { budget: 4, error: 3.25, curve: 0 },
    { budget: 6, error: 2.5, curve: 1 },
    { budget: 9, error: 1.5, curve: 1 },
  ]);
});

it('leaves out replicas that have diverged', () => {
  const broken = tapeOf(1, [
    [4, 6],
    [3, NaN],
  ]);
  expect([...flopsCurve(broken).error]).toEqual([5, 3]);
  expect([...errorsWithin(broken, 2)!]).toEqual([3, NaN]);
});
