/** @file A policy on a tape: the stop and the restored epoch of each replica. */
import { describe, expect, it } from 'vitest';
import type { Policy } from '../engine/experiment/experiment.ts';
import type { Tape } from '../engine/record/tape.ts';
import { kerasPolicy, type KerasSettings } from './keras.testing.ts';
import { recordsOf } from './records.ts';
import { replayTape } from './replay.ts';
import { KERAS_ALONE } from './rules/keras.ts';
import { tapeOf } from './tape.testing.ts';

const settings = (over: Partial<KerasSettings>) => kerasPolicy({ min_delta: 0, ...over });
const replay = (tape: Tape, policy: Policy) =>
  replayTape(tape, policy, KERAS_ALONE).map(({ why: _, ...replayed }) => replayed);
const losses = [
  [0.9, 0.7, 0.8, 0.75, 0.6],
  [0.9, 0.8, NaN, NaN, NaN],
  [0.9, 0.8, 0.7, 0.6, 0.5],
];
const at = (replica: number, epoch: number) => losses[replica]![epoch]!;

describe('replay', () => {
  it('stops each replica by its own history, a diverged one once its patience is used up', () => {
    const tape = tapeOf({ replicas: 3, epochs: 5 }, { validationLoss: at });
    expect(replay(tape, settings({ patience: 2 }))).toEqual([
      { stop: 3, fired: true, best: 1, restored: 1, wait: 2 },
      { stop: 3, fired: true, best: 1, restored: 1, wait: 2 },
      { stop: 4, fired: false, best: 4, restored: 4, wait: 0 },
    ]);
    expect(replay(tape, settings({ patience: 2, restore_best_weights: false })).map((x) => x.restored)).toEqual([
      3, 3, 4,
    ]);
  });

  it('sees only the epochs recorded so far', () => {
    const tape = tapeOf({ replicas: 3, epochs: 5 }, { validationLoss: at }, 3);
    expect(replay(tape, settings({ patience: 2 })).map(({ stop, fired }) => [stop, fired])).toEqual([
      [2, false],
      [2, false],
      [2, false],
    ]);
    expect(recordsOf(tape)[0]!.curves['validation-loss']).toEqual(Float32Array.from([0.9, 0.7, 0.8]));
  });

  it('watches what is monitored, an accuracy upwards', () => {
    const tape = tapeOf(
      { epochs: 4, classification: true },
      { validationAccuracy: (_, e) => [0.5, 0.8, 0.7, 0.6][e]! },
    );
    expect(replay(tape, settings({ monitor: 'validation-accuracy', patience: 1 }))[0]).toMatchObject({
      stop: 2,
      best: 1,
    });
    expect(replay(tape, settings({ monitor: 'validation-loss', patience: 1 }))[0]).toMatchObject({ stop: 3, best: 3 });
  });

  it('says so when the tape has no accuracy', () => {
    const tape = tapeOf({ epochs: 2 }, {});
    expect(() => replay(tape, settings({ monitor: 'validation-accuracy' }))).toThrow(
      'monitor: replica 1 has no validation-accuracy',
    );
  });
});
