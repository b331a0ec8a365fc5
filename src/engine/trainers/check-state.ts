/** @file Refuses to restore a state that belongs to another experiment. */
import type { Job, TrainerState } from './trainer.ts';

/** Throws, naming the array, if one has another length than the job's parameters of all replicas. */
export function checkState({ weights, slots }: TrainerState, { layout, replicas }: Job): void {
  const size = replicas.count * layout.parameters;
  for (const [i, { length }] of [weights, ...slots].entries()) {
    if (length === size) continue;
    const name = i === 0 ? 'weights' : `slot ${i - 1}`;
    throw new Error(
      `restore: ${name} holds ${length} numbers, this experiment needs ${size}; it belongs to another one`,
    );
  }
}
