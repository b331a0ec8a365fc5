/** @file What a session needs of the page it is on: threads, time, frames and leisure; a test brings its own. */
import type { Clock } from '../engine/clock.ts';
import type { WorkerLike } from '../engine/worker-client.ts';
import { startWorker } from './start-worker.ts';
import { whenIdle } from './when-idle.ts';

export interface PageServices {
  openEngine(): WorkerLike;
  clock: Clock;
  /** Calls back with the next frame, unless what it returns is called before. */
  frame(draw: () => void): () => void;
  /** Calls back once the page has nothing else to do. */
  idle(work: () => void): void;
}

export const browserClock: Clock = {
  now: () => performance.now(),
  after: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

export const pageServices: PageServices = {
  openEngine: () =>
    startWorker(
      () => new Worker(new URL('../workers/engine-entry.ts', import.meta.url), { type: 'module', name: 'engine' }),
    ),
  clock: browserClock,
  frame(draw) {
    const id = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(id);
  },
  idle: whenIdle,
};
