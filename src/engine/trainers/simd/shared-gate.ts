/** @file One gate shared by several trainings that run at the same time. */
import type { Gate } from '../trainer.ts';

export interface SharedGate {
  /** The gate as one of them sees it. */
  of(member: number): Gate;
  /** Nobody asks any more: who still comes is turned away. */
  close(): void;
}

/** Asks the gate once for all who wait at the same time, with the mean of what they have done. */
export function sharedGate(gate: Gate, members: number): SharedGate {
  const done = new Array<number>(members).fill(0);
  let asked: Promise<void> | null = null;
  let open = true;
  return {
    of: (member) => (now) => {
      if (!open) return Promise.reject(new Error('this round was given up'));
      done[member] = now;
      const mean = done.reduce((a, b) => a + b) / members;
      asked ??= gate(mean).finally(() => (asked = null));
      return asked;
    },
    close: () => {
      open = false;
    },
  };
}
