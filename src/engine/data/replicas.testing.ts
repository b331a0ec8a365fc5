/** @file Experiments and tables for tests of what replicas are given, and the way back to raw units. */
import type { Table, Task } from '../../../datasets/contract.ts';
import { withDefaults } from '../experiment/defaults.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { Standardisation } from './standardisation.ts';

export function experiment(partial: unknown): Experiment {
  const parsed = withDefaults(partial);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.experiment;
}

/** A table whose only feature is the row's number, so that rows can be told apart after standardisation. */
export function numbered(rows: number, task: Task = 'regression', classes = 3): Table {
  const number = Array.from({ length: rows }, (_, i) => i);
  return {
    name: 'numbered',
    task,
    columns: ['number'],
    target: 'y',
    rows,
    features: Float32Array.from(number),
    targets: Float32Array.from(number, (i) => (task === 'regression' ? 5 + i / 2 : i % classes)),
    classes: task === 'regression' ? null : Array.from({ length: classes }, (_, k) => `class ${k}`),
  };
}

export function ownExperiment(table: Table, data: object, replicas: object = {}, rest: object = {}): Experiment {
  const objective = {
    regression: 'squared-error',
    binary: 'binary-cross-entropy',
    multiclass: 'softmax-cross-entropy',
  }[table.task];
  const own = {
    name: table.name,
    target: table.target,
    task: table.task,
    rows: table.rows,
    features: 1,
    outputs: table.classes?.length ?? 1,
    sha256: '0'.repeat(64),
  };
  return experiment({ data: { source: 'own', own, ...data }, replicas, objective, ...rest });
}

/** Inputs `[n, D]` as the network sees them in raw units: the inverse of `toSeen`. */
export function toRaw({ mean, sd, scale }: Standardisation, seen: ArrayLike<number>): Float64Array {
  const D = mean.length;
  return Float64Array.from(seen, (value, i) => (value / scale) * sd[i % D]! + mean[i % D]!);
}

/** A prediction or target in raw units. */
export function targetToRaw({ target }: Standardisation, y: number): number {
  return target ? y * target.sd + target.mean : y;
}
