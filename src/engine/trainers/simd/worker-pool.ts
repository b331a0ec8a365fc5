/** @file Who trains: threads of a browser, or the caller's own where there are none. */
import { compileKernel } from './compile.ts';
import type { Member } from './pool-member.ts';
import { Shard } from './shard-trainer.ts';
import { WorkerMember } from './worker-member.ts';

/** Serves one trainer after the other, or several at a time. */
export interface Crew {
  readonly members: readonly Member[];
  dispose(): void;
}

/** Each thread keeps the test points for itself, and the slowest one decides how long an epoch takes: more threads than this gain little. */
const MOST = 8;

/**
 * As many workers as asked for, else one for each core but one, which is left to the page; one member in the caller's
 * thread where there are no workers.
 */
export async function openCrew(workers?: number): Promise<Crew> {
  const module = await compileKernel();
  if (typeof Worker === 'undefined') return crewOf([inline(module)]);
  return crewOf(Array.from({ length: workers ?? sparedCores() }, () => new WorkerMember(module)));
}

function sparedCores(): number {
  return Math.max(1, Math.min(MOST, navigator.hardwareConcurrency - 1));
}

/** Members in the caller's thread. */
export async function openInline(members: number): Promise<Crew> {
  const module = await compileKernel();
  return crewOf(Array.from({ length: members }, () => inline(module)));
}

function crewOf(members: Member[]): Crew {
  return { members, dispose: () => members.forEach((member) => member.dispose()) };
}

function inline(module: WebAssembly.Module): Member {
  return {
    take(part) {
      const shard = new Shard(module, part);
      return {
        async advance(epochs, settings, from, gate) {
          if (from) shard.restore(from);
          const training = shard.train(epochs, settings);
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
