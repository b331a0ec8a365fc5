/** @file The pool that shards are trained by: workers of the browser, or the calling thread where there are none. */
import { compileKernel } from './compile.ts';
import type { PoolMember } from './pool-member.ts';
import { ShardTrainer } from './shard-trainer.ts';
import { WorkerMember } from './worker-member.ts';

/** Serves one trainer after the other, or several at a time. */
export interface WorkerPool {
  readonly members: readonly PoolMember[];
  dispose(): void;
}

/** Each thread keeps its own copy of the test points, and all wait for the slowest: more threads than this gain little. */
const MOST = 8;

/**
 * As many workers as asked for, else one for each core but one, which is left to the page; one member in the caller's
 * thread where there are no workers.
 */
export async function openWorkerPool(workers?: number): Promise<WorkerPool> {
  const module = await compileKernel();
  if (typeof Worker === 'undefined') return poolOf([inline(module)]);
  return poolOf(Array.from({ length: workers ?? sparedCores() }, () => new WorkerMember(module)));
}

function sparedCores(): number {
  return Math.max(1, Math.min(MOST, navigator.hardwareConcurrency - 1));
}

/** A pool whose members all work in the caller's thread. */
export async function openInlinePool(members: number): Promise<WorkerPool> {
  const module = await compileKernel();
  return poolOf(Array.from({ length: members }, () => inline(module)));
}

function poolOf(members: PoolMember[]): WorkerPool {
  return { members, dispose: () => members.forEach((member) => member.dispose()) };
}

function inline(module: WebAssembly.Module): PoolMember {
  return {
    take(shard) {
      const trainer = new ShardTrainer(module, shard);
      return {
        async advance(epochs, settings, from, gate) {
          if (from) trainer.restore(from);
          const training = trainer.train(epochs, settings);
          for (;;) {
            const next = training.next();
            if (next.done) return next.value;
            await gate(next.value);
          }
        },
        dispose() {},
      };
    },
    dispose() {},
  };
}
