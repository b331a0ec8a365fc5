/** @file The rows of the cost table: compute and memory of a step, an epoch and a whole training of one replica. */
import { countOf } from '../../words/numbers.ts';
import type { Outcome } from '../../evaluation/outcome.ts';
import { batchSizeOf } from '../../engine/training/batches.ts';
import { costUntil, epochCost, stepFlops, type Workload } from '../../engine/record/cost.ts';
import type { Experiment } from '../../engine/experiment/experiment.ts';

export interface LedgerLine {
  name: string;
  /** How much that is. */
  size: string;
  /** FLOPs of one replica. */
  training: number;
  /** Null for a step, after which nothing is evaluated. */
  evaluation: number | null;
  total: number;
}

/** What is known before anything is trained: a whole step, and an epoch with the batch size of the start. */
export function paceLines(workload: Workload, experiment: Experiment): LedgerLine[] {
  const batch = batchSizeOf(experiment, workload.points.train);
  const step = stepFlops(workload, batch);
  return [
    { name: 'a step', size: countOf(batch, 'point'), training: step, evaluation: null, total: step },
    { name: 'an epoch', size: countOf(workload.updates, 'step'), ...epochCost(workload) },
  ];
}

/** Until the policy's stop, in the mean over the replicas; until the best common epoch; until the last one recorded. */
export function totalLines(workload: Workload, outcome: Outcome): LedgerLine[] {
  const until = (name: string, { epochs, flops }: Outcome['stop']) => {
    const { evaluation } = costUntil(workload, epochs);
    return {
      name,
      size: countOf(Number(epochs.toFixed(1)), 'epoch'),
      ...{ training: flops, evaluation, total: flops + evaluation },
    };
  };
  return [until('stop', outcome.stop), until('best', outcome.best), until('last', outcome.last)];
}
