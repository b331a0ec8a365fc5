/** @file Chooses the rows of a finite table that are held out for testing, and the rows of each replica. */
import { DataError } from './data-error.ts';
import { drawOf, furtherOf, setOfValidation } from './draws.ts';
import { testRows } from './test-rows.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { stream } from '../random.ts';

export interface HeldOut {
  test: Int32Array;
  /** The rows replicas draw from. */
  pool: Int32Array;
}

/** One random split for all replicas; it depends on the seed and on the table's length alone. */
export function holdOut(experiment: Experiment, rows: number): HeldOut {
  const order = stream(experiment.seed, 'split', 0, 0).permutation(rows);
  const held = testRows(experiment, rows);
  return { test: order.subarray(0, held), pool: order.subarray(held) };
}

/** The rows of a training set and of a validation set, by their numbers in draws.ts. */
export interface RowSets {
  train(set: number): Int32Array;
  validation(set: number): Int32Array;
}

/**
 * `bootstrap`: each training set sets the rows of its validation set apart, without repetition, and takes its own with
 * replacement from the rest of the pool. `disjoint`: no row is used twice anywhere. `folds`: the pool is cut into as many
 * equal folds as there are training sets, each of which trains on all but its own fold. Either way a replica never validates
 * on a row it trains on.
 */
export function replicaRows(experiment: Experiment, pool: Int32Array): RowSets {
  return SCHEMES[experiment.data.resampling](experiment, pool);
}

function bootstrap({ seed, data }: Experiment, pool: Int32Array): RowSets {
  if (data.validationSize > pool.length - 2) {
    throw new DataError(
      'data.validationSize',
      data.validationSize,
      `must leave 2 rows for training: ${pool.length} rows are ${leftBy(data)}, so use at most ${pool.length - 2}`,
    );
  }
  const apart = (set: number) => stream(seed, 'validation', set, 0).sample(pool.length, data.validationSize);
  const trained = (set: number) => {
    const taken = new Set(apart(set));
    const numbers = stream(seed, 'bootstrap', set, 0);
    const drawn = () => {
      let i = numbers.integer(pool.length);
      while (taken.has(i)) i = numbers.integer(pool.length);
      return i;
    };
    return Int32Array.from({ length: data.trainSize }, drawn);
  };
  return {
    train: (set) => trained(set).map((i) => pool[i]!),
    validation(set) {
      const own = setOfValidation(set);
      if (own === set) return apart(set).map((i) => pool[i]!);
      // Given the rows trained on, the first validation set is any of the others with equal chances; so is this one.
      const taken = new Set(trained(own));
      const others = Int32Array.from(pool.keys()).filter((i) => !taken.has(i));
      const chosen = stream(seed, 'validation', set, 0).sample(others.length, data.validationSize);
      return chosen.map((i) => pool[others[i]!]!);
    },
  };
}

function disjoint(experiment: Experiment, pool: Int32Array): RowSets {
  const { data, replicas } = experiment;
  const validations = Math.min(replicas.validations, replicas.count);
  const each = data.trainSize + validations * data.validationSize;
  const sets = drawOf(experiment, replicas.count - 1).data + 1;
  if (sets * each > pool.length) {
    const fit = Math.floor(pool.length / each) * replicas.seeds * replicas.validations;
    throw new DataError(
      'data.trainSize',
      data.trainSize,
      `with ${validations * data.validationSize} validation points and ${sets} disjoint sets needs ${sets * each} rows, but ${pool.length} are ${leftBy(data)}; use fewer points, at most ${fit} replicas, or data.resampling "bootstrap"`,
    );
  }
  // The pool is in random order already.
  return {
    train: (set) => pool.subarray(set * each, set * each + data.trainSize),
    validation(set) {
      const from = setOfValidation(set) * each + data.trainSize + furtherOf(set) * data.validationSize;
      return pool.subarray(from, from + data.validationSize);
    },
  };
}

function folds(experiment: Experiment, pool: Int32Array): RowSets {
  const { data, replicas } = experiment;
  const k = drawOf(experiment, replicas.count - 1).data + 1;
  const size = Math.floor(pool.length / k);
  if (replicas.validations > 1)
    throw new DataError('replicas.validations', replicas.validations, 'must be 1 with folds, of which each has one');
  if (k < 2 || size < 1) {
    const most = `from 2 to ${pool.length} replicas with data of their own`;
    throw new DataError('replicas.count', replicas.count, `must give folds of ${pool.length} rows: ${most}`);
  }
  for (const [path, wanted] of [
    ['data.trainSize', (k - 1) * size],
    ['data.validationSize', size],
  ] as const) {
    const given = path === 'data.trainSize' ? data.trainSize : data.validationSize;
    if (given === wanted) continue;
    const rows = `${k} folds of the ${pool.length} rows that are ${leftBy(data)}`;
    throw new DataError(path, given, `must be ${wanted} for ${rows}; or use data.resampling "bootstrap"`);
  }
  return {
    train: (set) => Int32Array.from([...pool.subarray(0, set * size), ...pool.subarray((set + 1) * size, k * size)]),
    validation: (set) => pool.subarray(set * size, (set + 1) * size),
  };
}

const SCHEMES = { bootstrap, disjoint, folds };

function leftBy({ imbalance }: Experiment['data']): string {
  return imbalance > 0 ? 'neither held out for testing nor left out by data.imbalance' : 'not held out for testing';
}
