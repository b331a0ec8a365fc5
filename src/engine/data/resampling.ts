/** @file Chooses the rows of a finite table that are held out for testing, and the rows of each replica. */
import { DataError } from './data-error.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { stream } from '../random.ts';

/** At most this part of the rows is held out for testing, however many test points are asked for. */
export const MAX_TEST_SHARE = 0.3;

export interface HeldOut {
  test: Int32Array;
  /** The rows replicas draw from. */
  pool: Int32Array;
}

/** Rows held out: as many as asked for, but no more than 30 % of the table, rounded down, and at least one. */
export function testRows({ data }: Experiment, rows: number): number {
  return Math.max(1, Math.min(data.testSize, Math.floor(MAX_TEST_SHARE * rows)));
}

/** One random split for all replicas; it depends on the seed and on the table's length alone. */
export function holdOut(experiment: Experiment, rows: number): HeldOut {
  const order = stream(experiment.seed, 'split', 0, 0).permutation(rows);
  const held = testRows(experiment, rows);
  return { test: order.subarray(0, held), pool: order.subarray(held) };
}

export interface ReplicaRows {
  train: Int32Array;
  validation: Int32Array;
}

/**
 * The rows of each replica. `bootstrap`: the replica sets its validation rows apart, without repetition, and draws its
 * training rows with replacement from the rest of the pool. `disjoint`: no row is used twice anywhere. Either way a
 * replica never validates on a row it trains on.
 */
export function replicaRows(experiment: Experiment, pool: Int32Array): (replica: number) => ReplicaRows {
  return experiment.data.resampling === 'bootstrap' ? bootstrap(experiment, pool) : disjoint(experiment, pool);
}

function bootstrap({ seed, data }: Experiment, pool: Int32Array): (replica: number) => ReplicaRows {
  if (data.validationSize > pool.length - 2) {
    throw new DataError(
      'data.validationSize',
      data.validationSize,
      `must leave 2 rows for training: ${pool.length} rows are ${leftBy(data)}, so use at most ${pool.length - 2}`,
    );
  }
  return (replica) => {
    const apart = stream(seed, 'validation', replica, 0).sample(pool.length, data.validationSize);
    const taken = new Set(apart);
    const numbers = stream(seed, 'bootstrap', replica, 0);
    const drawn = () => {
      let i = numbers.integer(pool.length);
      while (taken.has(i)) i = numbers.integer(pool.length);
      return pool[i]!;
    };
    return {
      validation: apart.map((i) => pool[i]!),
      train: Int32Array.from({ length: data.trainSize }, drawn),
    };
  };
}

function disjoint({ data, replicas }: Experiment, pool: Int32Array): (replica: number) => ReplicaRows {
  const each = data.trainSize + data.validationSize;
  const sets = replicas.redraw.data ? replicas.count : 1;
  if (sets * each > pool.length) {
    throw new DataError(
      'data.trainSize',
      data.trainSize,
      `with ${data.validationSize} validation points and ${sets} disjoint sets needs ${sets * each} rows, but ${pool.length} are ${leftBy(data)}; use fewer points, at most ${Math.floor(pool.length / each)} replicas, or data.resampling "bootstrap"`,
    );
  }
  // The pool is in random order already.
  return (replica) => {
    const from = replica * each;
    return {
      train: pool.subarray(from, from + data.trainSize),
      validation: pool.subarray(from + data.trainSize, from + each),
    };
  };
}

function leftBy({ imbalance }: Experiment['data']): string {
  return imbalance > 0 ? 'neither held out for testing nor left out by data.imbalance' : 'not held out for testing';
}
