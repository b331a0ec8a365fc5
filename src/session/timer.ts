/** @file What waits for a moment asks a timer: that of the page, or one that a test brings. */

export interface Timer {
  /** ms */
  now(): number;
  later(run: () => void, ms: number): void;
}

export const pageTimer: Timer = { now: () => performance.now(), later: (run, ms) => void setTimeout(run, ms) };
