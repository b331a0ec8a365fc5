/** @file Prediction changes against a second implementation by sorting, also over a run that goes on. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { takeClasses } from './prediction-changes.ts';
import { TrainingScheduler, type SchedulerState } from './training-scheduler.ts';
import type { Block } from '../record/tape.ts';
import { jobOf } from '../trainers/trainer.testing.ts';

/** With K = 1, the larger of 0 and z; the first of equals. */
function classOf(z: readonly number[]): number {
  const all = z.length === 1 ? [0, z[0]!] : z;
  return [...all.keys()].sort((a, b) => all[b]! - all[a]! || a - b)[0]!;
}

/** Few values, so that there are ties. */
const someOutputs = (K: number) =>
  fc.array(
    fc.array(
      fc.integer({ min: -2, max: 2 }).map((n) => n / 2),
      { minLength: K, maxLength: K },
    ),
    { minLength: 6, maxLength: 6 },
  );

it('counts the points whose largest output is another', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }).chain((K) => fc.tuple(someOutputs(K), someOutputs(K))),
      ([before, after]) => {
        const K = before[0]!.length;
        const classes = new Uint16Array(8);
        // Something else stands before and behind.
        takeClasses([9, ...before.flat(), 9], 1, K, 6, classes, 2);
        const changed = takeClasses([9, ...after.flat(), 9], 1, K, 6, classes, 2);
        expect(changed).toBe(before.filter((z, i) => classOf(z) !== classOf(after[i]!)).length);
        expect(Array.from(classes)).toEqual([0, 0, ...after.map(classOf)]);
      },
    ),
  );
});

it('is not known once an output is not finite', () => {
  expect(takeClasses([1, NaN], 0, 1, 2, new Uint16Array(2), 0)).toBeNaN();
  expect(takeClasses([1, -Infinity, 2, 3], 0, 2, 2, new Uint16Array(2), 0)).toBeNaN();
});

const R = 2;
const n = 5;
const job = jobOf({ replicas: R, trainSize: n, objective: 'softmax-cross-entropy', outputs: 3 });
const { validation, test } = job.replicas;
const M = n + validation.size + test.size;
const outputsAt = (epoch: number, r: number, i: number) => [0, 1, 2].map((k) => Math.sin(7 * r + i + epoch * (k + 1)));

/** The epochs as they come from a trainer, and their curves. */
function epochs(scheduler: TrainingScheduler, first: number, count: number) {
  const outputs = Float32Array.from({ length: count * R * M * 3 }, (_, at) => {
    const [row, i, k] = [Math.floor(at / (M * 3)), Math.floor(at / 3) % M, at % 3];
    return outputsAt(first + Math.floor(row / R), row % R, i)[k]!;
  });
  const block: Block = {
    ...{ first, count, predictions: new Float32Array(), elapsedMs: 500 * count, measuringMs: 0 },
    curves: { validationLoss: new Float32Array(count * R), trainLoss: new Float32Array(count * R) },
  };
  const weights = new Float32Array(count * R * job.layout.parameters);
  scheduler.observe(block, { count, outputs, weights }, scheduler.next(first, count).settings);
  return Array.from(block.curves.predictionChanges!);
}

it('is the share of the training points since the epoch before, from the second epoch on', () => {
  const shares = epochs(new TrainingScheduler(job), 0, 4);
  const wanted = [1, 2, 3].flatMap((epoch) =>
    [0, 1].map((r) => {
      const told = (e: number, i: number) => classOf(outputsAt(e, r, i));
      const changed = Array.from({ length: n }, (_, i) => told(epoch, i) !== told(epoch - 1, i));
      return Math.fround(changed.filter(Boolean).length / n);
    }),
  );
  expect(shares).toEqual([NaN, NaN, ...wanted]);
  expect(new Set(wanted).size).toBeGreaterThan(1);
});

it('goes on exactly where it was kept, in blocks of any size', () => {
  const whole = epochs(new TrainingScheduler(job), 0, 6);
  const scheduler = new TrainingScheduler(job);
  const begun = [...epochs(scheduler, 0, 1), ...epochs(scheduler, 1, 2)];
  const kept: SchedulerState = structuredClone(scheduler.snapshot());
  epochs(scheduler, 3, 1);
  expect([...begun, ...epochs(new TrainingScheduler(job, kept), 3, 3)]).toEqual(whole);
});

it('has no classes for values', () => {
  const scheduler = new TrainingScheduler(jobOf({ replicas: R, trainSize: n }));
  const block: Block = {
    ...{ first: 0, count: 2, predictions: new Float32Array(), elapsedMs: 1, measuringMs: 0 },
    curves: { validationLoss: new Float32Array(2 * R), trainLoss: new Float32Array(2 * R) },
  };
  scheduler.observe(
    block,
    { count: 2, outputs: new Float32Array(2 * R * M), weights: new Float32Array() },
    scheduler.next(0, 2).settings,
  );
  expect(Array.from(block.curves.predictionChanges!)).toEqual([NaN, NaN, NaN, NaN]);
  expect(scheduler.snapshot().classes).toBeNull();
});
