/** @file Runs of the first days come back with what they could not note: their course exactly, the rest as unknown. */
import { expect, test } from 'vitest';
import { readBulk, type CheckpointBulk } from './format.ts';
import { sample } from './sample.ts';

test('a kept run without course and pace is completed', () => {
  const { meta, bulk } = sample('a');
  const whole = { ...bulk, id: 'a', schema: 1 } as unknown as CheckpointBulk;
  const { learningRate: _, updates: __, gradientNoise: ___, testF1: ____, ...tape } = whole.tape;
  const { pace: _____, ...state } = whole.state;
  const read = readBulk(
    { ...meta, schema: 1, sizeBytes: 0 },
    {
      ...whole,
      tape,
      state,
    },
  );
  // A full batch: one step an epoch; three epochs of two replicas.
  expect(Array.from(read.tape.updates)).toEqual([1, 2, 3, 1, 2, 3]);
  expect(Array.from(read.tape.learningRate)).toEqual(Array(6).fill(Math.fround(0.01)));
  expect(read.tape.gradientNoise.every(Number.isNaN)).toBe(true);
  expect(read.tape.testF1).toHaveLength(0);
  expect(read.tape.trainLoss).toEqual(whole.tape.trainLoss);
  expect(read.state.pace).toMatchObject({ updates: 3, batch: 20, rates: Float64Array.of(1, 1) });
});

test('what is kept today stays as it is', () => {
  const { meta, bulk } = sample('a');
  const whole = { ...bulk, id: 'a', schema: 1 } as unknown as CheckpointBulk;
  const read = readBulk({ ...meta, schema: 1, sizeBytes: 0 }, whole);
  expect(read).toEqual(whole);
});
