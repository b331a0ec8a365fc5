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
