/** @file Time for those who wait: the page's clock, and the interface that lets a test bring its own. */

export interface Clock {
  /** ms */
  now(): number;
  later(run: () => void, ms: number): void;
}

export const pageClock: Clock = { now: () => performance.now(), later: (run, ms) => void setTimeout(run, ms) };
