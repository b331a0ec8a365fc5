/** @file Runs of the first days come back with what they could not note: their course exactly, the rest as unknown. */
import { expect, test } from 'vitest';
import { costUntil } from '../engine/record/cost.ts';
import { layoutOf } from '../engine/model/network.ts';
import type { CheckpointBulk } from './checkpoint.ts';
import { readBulk } from './format.ts';
import { sample } from './checkpoint.testing.ts';

test('a kept run without course and scheduler state is completed', () => {
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

test('a run that was kept before it was noted what it computed has that from its updates, its time and its layout', () => {
  const { meta, bulk } = sample('a');
  const whole = { ...bulk, id: 'a', schema: 1 } as unknown as CheckpointBulk;
  const {
    examples: _,
    flops: __,
    seconds: ___,
    gradientEvidence: ____,
    predictionChanges: _____,
    ...tape
  } = whole.tape;
  // Two steps in the first epoch, five in the second, one in the third.
  const updates = Float32Array.of(2, 7, 8, 2, 7, 8);
  const { flops: ______, seconds: _______, classes: ________, ...pace } = whole.state.pace;
  const stored = { ...whole, tape: { ...tape, updates }, state: { ...whole.state, pace } };
  const read = readBulk({ ...meta, schema: 1, sizeBytes: 0 }, stored);
  const { data } = meta.experiment;
  const workload = {
    layout: layoutOf(meta.experiment, 1, 1),
    optimizer: 'adam' as const,
    replicas: 2,
    points: { train: data.trainSize, validation: data.validationSize, test: data.testSize },
    updates: 1,
  };
  const flops = [2, 7, 8].map((steps, epoch) => Math.fround(costUntil(workload, epoch + 1, steps).training));
  expect(Array.from(read.tape.flops)).toEqual([...flops, ...flops]);
  expect(Array.from(read.tape.examples)).toEqual([20, 40, 60, 20, 40, 60]);
  // 12 ms in all.
  expect(Array.from(read.tape.seconds)).toEqual([0.004, 0.008, 0.012, 0.004, 0.008, 0.012].map(Math.fround));
  expect(read.tape.gradientEvidence.every(Number.isNaN)).toBe(true);
  expect(read.tape.predictionChanges.every(Number.isNaN)).toBe(true);
  expect(read.state.pace).toMatchObject({ updates: 3, seconds: 0.012, classes: null });
  expect(Math.fround(read.state.pace.flops)).toBe(flops[2]);
});

test('what is kept today stays as it is', () => {
  const { meta, bulk } = sample('a');
  const whole = { ...bulk, id: 'a', schema: 1 } as unknown as CheckpointBulk;
  const read = readBulk({ ...meta, schema: 1, sizeBytes: 0 }, whole);
  expect(read).toEqual(whole);
});

test('what was kept for the rule that halts is no longer needed: the tape has it', () => {
  const { meta, bulk } = sample('a');
  const whole = { ...bulk, id: 'a', schema: 1 } as unknown as CheckpointBulk;
  const state = { ...whole.state, monitored: new Float32Array(6) };
  const read = readBulk({ ...meta, schema: 1, sizeBytes: 0 }, { ...whole, state });
  expect(read).toMatchObject({ tape: whole.tape, state: whole.state });
});
