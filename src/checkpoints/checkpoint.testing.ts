/** @file A small, whole checkpoint for tests: every number different, so that a swap shows. */
import { DEFAULT_EXPERIMENT, type Experiment } from '../engine/experiment/experiment.ts';
import { initialSchedulerState } from '../engine/training/training-scheduler.ts';
import { curvesOf, Tape, type TapeShape } from '../engine/record/tape.ts';
import type { NewBulk, NewMeta } from './store.ts';
import { tapeToBulk } from './tape-columns.ts';

export const SHAPE: TapeShape = { replicas: 2, epochs: 10, points: 3, outputs: 1, classification: false };

/** A line of two parameters for each replica, three of ten epochs trained. */
export function sample(id: string, name = id): { meta: NewMeta; bulk: NewBulk; tape: Tape } {
  const experiment: Experiment = {
    ...DEFAULT_EXPERIMENT,
    replicas: { ...DEFAULT_EXPERIMENT.replicas, count: 2 },
    model: { ...DEFAULT_EXPERIMENT.model, hidden: [] },
    training: { ...DEFAULT_EXPERIMENT.training, epochs: 10 },
  };
  let next = 0;
  const numbers = (length: number) => Float32Array.from({ length }, () => (next += 0.1));
  const tape = new Tape(SHAPE);
  tape.append({
    first: 0,
    count: 3,
    curves: Object.fromEntries(curvesOf(SHAPE).map((name) => [name, numbers(6)])),
    predictions: numbers(18),
    elapsedMs: 12,
    measuringMs: 0,
  });
  const weights = numbers(4);
  const archive = {
    epochs: Int32Array.of(0, 2),
    weights: numbers(8),
    bestEpoch: Int32Array.of(1, 2),
    bestLoss: numbers(2),
    bestWeights: numbers(4),
  };
  const meta: NewMeta = {
    id,
    name,
    savedAt: '2026-11-21T01:02:03.000Z',
    experiment,
    epochs: 3,
    device: { backend: 'wasm', adapter: 'SIMD' },
    outcome: { error: 0.19, se: NaN, meanStop: 2.5, bias2: 0.04, variance: 0.03 },
    curves: { error: numbers(3), bias2: numbers(3), variance: numbers(3) },
  };
  const bulk: NewBulk = {
    tape: tapeToBulk(tape),
    state: {
      trainer: { epoch: 3, step: 3, weights, slots: [numbers(4), numbers(4)] },
      archive,
      pace: { ...initialSchedulerState(2, 20), updates: 3 },
    },
    table: null,
  };
  return { meta, bulk, tape };
}
