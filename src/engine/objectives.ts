/** @file The objectives: which tasks each one fits, and how the network's last numbers become a prediction. */
import type { Task } from '../../datasets/contract.ts';

export interface Objective {
  label: string;
  tasks: readonly Task[];
  help: string;
}

export const OBJECTIVES = {
  'squared-error': {
    label: 'squared error',
    tasks: ['regression'],
    help: 'Mean of (prediction − target)², without the factor ½.',
  },
  'binary-cross-entropy': {
    label: 'binary cross-entropy',
    tasks: ['binary'],
    help: 'Minus the log-probability of the label, in nats; one output through a sigmoid.',
  },
  'softmax-cross-entropy': {
    label: 'softmax cross-entropy',
    tasks: ['binary', 'multiclass'],
    help: 'Minus the log-probability of the label, in nats; one output for each class through a softmax.',
  },
} as const satisfies Record<string, Objective>;

export type ObjectiveName = keyof typeof OBJECTIVES;

export function objectiveFor(task: Task): ObjectiveName {
  return task === 'regression' ? 'squared-error' : task === 'binary' ? 'binary-cross-entropy' : 'softmax-cross-entropy';
}

/** An objective's arithmetic on the K last linear outputs z of one point, in float64. */
export interface ObjectiveMath {
  /** The prediction, `[K]`: the value, or the probability of class 1 (K = 1) or of each class. */
  predict(z: ArrayLike<number>): number[];
  /** The loss against a target `[K]` (values, or probabilities: then the expectation over labels); stable from z. */
  loss(z: ArrayLike<number>, target: ArrayLike<number>): number;
  /** ∂loss/∂z = factor · (prediction − target), for every objective. */
  factor: 1 | 2;
}

function sum(n: number, term: (k: number) => number): number {
  let total = 0;
  for (let k = 0; k < n; k++) total += term(k);
  return total;
}

export const OBJECTIVE_MATH: Readonly<Record<ObjectiveName, ObjectiveMath>> = {
  'squared-error': {
    predict: (z) => Array.from(z),
    loss: (z, target) => sum(z.length, (k) => (z[k]! - target[k]!) ** 2),
    factor: 2,
  },
  'binary-cross-entropy': {
    predict: (z) => [1 / (1 + Math.exp(-z[0]!))],
    loss: (z, target) => Math.max(z[0]!, 0) - z[0]! * target[0]! + Math.log1p(Math.exp(-Math.abs(z[0]!))),
    factor: 1,
  },
  'softmax-cross-entropy': {
    predict: (z) => {
      const top = greatest(z);
      const total = sum(z.length, (k) => Math.exp(z[k]! - top));
      return Array.from(z, (zk) => Math.exp(zk - top) / total);
    },
    loss: (z, target) => {
      const top = greatest(z);
      const logTotal = top + Math.log(sum(z.length, (k) => Math.exp(z[k]! - top)));
      return sum(z.length, (k) => target[k]! * (logTotal - z[k]!));
    },
    factor: 1,
  },
};

const greatest = (z: ArrayLike<number>) =>
  Array.prototype.reduce.call(z, (top, zk) => Math.max(top as number, zk as number), -Infinity) as number;

/** A training or validation target as a vector `[K]`: the value itself, or one-hot over classes. */
export function targetVector(y: number, outputs: number): number[] {
  return outputs === 1 ? [y] : Array.from({ length: outputs }, (_, k) => (k === y ? 1 : 0));
}

/** The probability that the network's decision is right: the target's share of the class it would name. */
export function decisionAccuracy(z: ArrayLike<number>, target: ArrayLike<number>): number {
  if (z.length === 1) return z[0]! > 0 ? target[0]! : 1 - target[0]!;
  let best = 0;
  for (let k = 1; k < z.length; k++) if (z[k]! > z[best]!) best = k;
  return target[best]!;
}
