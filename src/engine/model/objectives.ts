/** @file The objectives: what each one is called, which tasks it fits, how outputs become a prediction, and its arithmetic. */
import type { Task } from '../../../datasets/contract.ts';
import type { LossSettings } from '../experiment/settings/loss.ts';
import { ABSOLUTE_ERROR, binary, huber, softmax, SQUARED_ERROR, type ObjectiveMath } from './objective-math.ts';

export interface Objective {
  label: string;
  tasks: readonly Task[];
  help: string;
  /** What becomes of the last sums: the value itself, or the probability of class 1 or of each class. */
  output: 'linear' | 'sigmoid' | 'softmax';
  /** What the loss on the page is called. */
  loss: string;
  /** The unit of a loss of targets in standard deviations; null where the loss has nothing of its target's unit. */
  unit: 'sd' | 'sd²' | null;
  /** What keeps the loss from falling to zero. */
  floor: string;
  /** The error that is taken apart into noise, bias² and variance, whatever the loss: squared, of values or probabilities. */
  error: string;
  /** Before there is a curve its axis is cut at this multiple of the loss of saying the same of every point. */
  firstCut: number;
  math: (loss: LossSettings) => ObjectiveMath;
}

const OF_VALUES = { tasks: ['regression'], output: 'linear', firstCut: 0.8 } as const;
const OF_CLASSES = {
  loss: 'cross-entropy',
  unit: null,
  floor: 'label noise',
  error: 'Brier score',
  firstCut: 1.15,
} as const;

export const OBJECTIVES = {
  'squared-error': {
    ...OF_VALUES,
    label: 'squared error',
    help: 'Mean of (prediction − target)², without the factor ½.',
    loss: 'squared error',
    unit: 'sd²',
    floor: 'noise σ²',
    error: 'test error',
    math: () => SQUARED_ERROR,
  },
  huber: {
    ...OF_VALUES,
    label: 'Huber',
    help: 'Half the squared error up to δ, beyond it δ times the absolute error less δ²/2: outliers pull no harder than others.',
    loss: 'Huber loss',
    unit: 'sd²',
    floor: 'noise',
    error: 'squared test error',
    math: huber,
  },
  'absolute-error': {
    ...OF_VALUES,
    label: 'absolute error',
    help: 'Mean of |prediction − target|: aims at the median instead of the mean.',
    loss: 'absolute error',
    unit: 'sd',
    floor: 'noise',
    error: 'squared test error',
    math: () => ABSOLUTE_ERROR,
  },
  'binary-cross-entropy': {
    ...OF_CLASSES,
    label: 'binary cross-entropy',
    tasks: ['binary'],
    help: 'Minus the log-probability of the label, in nats; one output through a sigmoid.',
    output: 'sigmoid',
    math: binary,
  },
  'softmax-cross-entropy': {
    ...OF_CLASSES,
    label: 'softmax cross-entropy',
    tasks: ['binary', 'multiclass'],
    help: 'Minus the log-probability of the label, in nats; one output for each class through a softmax.',
    output: 'softmax',
    math: softmax,
  },
} as const satisfies Record<string, Objective>;

export type ObjectiveName = keyof typeof OBJECTIVES;

/** What of an experiment decides about its loss. */
export interface ObjectiveSettings {
  objective: ObjectiveName;
  loss: LossSettings;
}

export function objectiveFor(task: Task): ObjectiveName {
  return task === 'regression' ? 'squared-error' : task === 'binary' ? 'binary-cross-entropy' : 'softmax-cross-entropy';
}

/** Whether the network names a class; else it gives a value. */
export function classifies(objective: ObjectiveName): boolean {
  return OBJECTIVES[objective].output !== 'linear';
}

export function objectiveMath({ objective, loss }: ObjectiveSettings): ObjectiveMath {
  return OBJECTIVES[objective].math(loss);
}

/** A training or validation target as a vector `[K]`: the value itself, or one-hot over classes. */
export function targetVector(y: number, outputs: number): number[] {
  return outputs === 1 ? [y] : Array.from({ length: outputs }, (_, k) => (k === y ? 1 : 0));
}

/**
 * Weights `[n]` of training points with labels y, which multiply their losses (the mean is still over the points, as
 * with `class_weight` of Keras); null where all are 1. Balanced: n / (classes · points of the class), as scikit-learn has it.
 */
export function pointWeights(
  { classWeights }: LossSettings,
  y: ArrayLike<number>,
  classes: number,
): Float64Array | null {
  if (classWeights === 'none') return null;
  const counts = new Float64Array(classes);
  for (let i = 0; i < y.length; i++) counts[y[i]!]! += 1;
  const weights = classWeights === 'balanced' ? counts.map((count) => y.length / (classes * count)) : classWeights;
  return Float64Array.from({ length: y.length }, (_, i) => weights[y[i]!]!);
}
