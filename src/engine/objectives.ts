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

/** An objective's arithmetic on the K last linear outputs z of one point, in float64; vectors begin at an offset. */
export interface ObjectiveMath {
  /** Writes the prediction `[K]`: the value, or the probability of class 1 (K = 1) or of each class. */
  predict(z: ArrayLike<number>, at: number, outputs: number, into: Numbers, intoAt: number): void;
  /** The loss against a target `[K]` (values, or probabilities: then the expectation over labels); stable from z. */
  loss(z: ArrayLike<number>, at: number, target: ArrayLike<number>, targetAt: number, outputs: number): number;
  /** ∂loss/∂z = factor · (prediction − target), for every objective. */
  factor: 1 | 2;
}

type Numbers = Float32Array | Float64Array;

export const OBJECTIVE_MATH: Readonly<Record<ObjectiveName, ObjectiveMath>> = {
  'squared-error': {
    predict(z, at, outputs, into, intoAt) {
      for (let k = 0; k < outputs; k++) into[intoAt + k] = z[at + k]!;
    },
    loss(z, at, target, targetAt, outputs) {
      let sum = 0;
      for (let k = 0; k < outputs; k++) sum += (z[at + k]! - target[targetAt + k]!) ** 2;
      return sum;
    },
    factor: 2,
  },
  'binary-cross-entropy': {
    predict(z, at, _, into, intoAt) {
      into[intoAt] = 1 / (1 + Math.exp(-z[at]!));
    },
    loss: (z, at, target, targetAt) =>
      Math.max(z[at]!, 0) - z[at]! * target[targetAt]! + Math.log1p(Math.exp(-Math.abs(z[at]!))),
    factor: 1,
  },
  'softmax-cross-entropy': {
    predict(z, at, outputs, into, intoAt) {
      const log = logSum(z, at, outputs);
      for (let k = 0; k < outputs; k++) into[intoAt + k] = Math.exp(z[at + k]! - log);
    },
    loss(z, at, target, targetAt, outputs) {
      const log = logSum(z, at, outputs);
      let sum = 0;
      for (let k = 0; k < outputs; k++) sum += target[targetAt + k]! * (log - z[at + k]!);
      return sum;
    },
    factor: 1,
  },
};

/** log Σ eᶻ, safe from overflow. */
function logSum(z: ArrayLike<number>, at: number, outputs: number): number {
  let top = -Infinity;
  for (let k = 0; k < outputs; k++) top = Math.max(top, z[at + k]!);
  let sum = 0;
  for (let k = 0; k < outputs; k++) sum += Math.exp(z[at + k]! - top);
  return top + Math.log(sum);
}

/** A training or validation target as a vector `[K]`: the value itself, or one-hot over classes. */
export function targetVector(y: number, outputs: number): number[] {
  return outputs === 1 ? [y] : Array.from({ length: outputs }, (_, k) => (k === y ? 1 : 0));
}

/** The probability that the network's decision is right: the target's share of the class it would name. */
export function decisionAccuracy(
  z: ArrayLike<number>,
  at: number,
  target: ArrayLike<number>,
  targetAt: number,
  outputs: number,
): number {
  if (outputs === 1) return z[at]! > 0 ? target[targetAt]! : 1 - target[targetAt]!;
  let best = 0;
  for (let k = 1; k < outputs; k++) if (z[at + k]! > z[at + best]!) best = k;
  return target[targetAt + best]!;
}
