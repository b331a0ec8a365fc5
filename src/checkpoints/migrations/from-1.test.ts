/** @file Runs of the first days come back with what they could not note: their course exactly, the rest as unknown. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Experiment } from '../../engine/experiment/experiment.ts';
import { CURRENT_VERSION } from '../../engine/experiment/migrations/index.ts';
import { isTree } from '../../engine/experiment/tree.ts';
import { costUntil } from '../../engine/record/cost.ts';
import { layoutOf } from '../../engine/model/network.ts';
import { SCHEMA_VERSION, type CheckpointBulk } from '../checkpoint.ts';
import { readBulk, readMeta } from '../format.ts';
import { migratedMeta } from './index.ts';
import { sample } from '../checkpoint.testing.ts';

/** Written by the code of the first days, as JSON: an array and a NaN are an object of one field, named by the type. */
const KEPT = JSON.parse(readFileSync(new URL('kept/1-first-days.json', import.meta.url), 'utf8'), (_, x: unknown) => {
  if (!isTree(x)) return x;
  if ('Float32Array' in x) return Float32Array.from(x.Float32Array as number[]);
  if ('Int32Array' in x) return Int32Array.from(x.Int32Array as number[]);
  return 'number' in x ? Number(x.number) : x;
}) as Record<'meta' | 'bulk', Record<string, unknown>>;

test('a record of the first days is read: nothing that it has is changed, what it lacks is added', () => {
  const meta = readMeta('a', KEPT.meta);
  expect(meta).toMatchObject({ ...KEPT.meta, schema: SCHEMA_VERSION, experiment: { version: CURRENT_VERSION } });
  const bulk = readBulk(meta, KEPT.bulk);
  expect(bulk).toMatchObject({ ...KEPT.bulk, schema: SCHEMA_VERSION });
  expect(Array.from(bulk.tape.updates)).toEqual([1, 2, 3, 1, 2, 3]);
  expect(bulk.state.pace).toMatchObject({ updates: 3, seconds: 0.012, batch: 20 });
});

test('a run in the plane keeps the test points that it was recorded at', () => {
  const designOf = (source: string) => {
    const experiment = KEPT.meta.experiment as { data: object };
    const data = { ...experiment.data, source };
    return (migratedMeta({ ...KEPT.meta, experiment: { ...experiment, data } }).experiment as Experiment).data
      .testDesign;
  };
  for (const source of ['moons', 'circles', 'spirals', 'xor', 'gaussians']) expect(designOf(source)).toBe('mirrored');
  for (const source of ['sine', 'penguins']) expect(designOf(source)).toBeUndefined();
  expect(readMeta('a', KEPT.meta).experiment.data.testDesign).toBe('sobol');
});

test('a kept run without course and scheduler state is completed', () => {
  const { meta, bulk } = sample('a');
  const whole = { ...bulk, id: 'a', schema: 1 } as unknown as CheckpointBulk;
  const { learningRate: _, updates: __, gradientNoise: ___, testF1: ____, ...tape } = whole.tape;
  const { pace: _____, ...state } = whole.state;
  const read = readBulk(
    { ...meta, schema: SCHEMA_VERSION, sizeBytes: 0 },
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
  const read = readBulk({ ...meta, schema: SCHEMA_VERSION, sizeBytes: 0 }, stored);
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

test('a record that lacks nothing stays as it is, but for its number', () => {
  const { meta, bulk } = sample('a');
  const whole = { ...bulk, id: 'a', schema: 1 } as unknown as CheckpointBulk;
  const read = readBulk({ ...meta, schema: SCHEMA_VERSION, sizeBytes: 0 }, whole);
  expect(read).toEqual({ ...whole, schema: 2 });
});

test('what was kept for the rule that halts is no longer needed: the tape has it', () => {
  const { meta, bulk } = sample('a');
  const whole = { ...bulk, id: 'a', schema: 1 } as unknown as CheckpointBulk;
  const state = { ...whole.state, monitored: new Float32Array(6) };
  const read = readBulk({ ...meta, schema: SCHEMA_VERSION, sizeBytes: 0 }, { ...whole, state });
  expect(read).toMatchObject({ tape: whole.tape, state: whole.state });
});
