/** @file Where the replicas of a run stop under its rule of Keras, what they keep, and what would have been best for each. */
import type { CourseRun } from './course-run.ts';

/** `[R]` each, as epochs trained. */
export interface StopsOfRun {
  stops: number[];
  kept: number[];
  own: number[];
}

export function stopsOf(run: CourseRun, patience: number, minDelta: number): StopsOfRun {
  const { replays, oracle } = run.withPatience(patience, { min_delta: minDelta });
  return {
    stops: replays.map(({ stop }) => stop + 1),
    kept: replays.map(({ restored }) => restored + 1),
    own: Array.from(oracle.restored, (epoch) => epoch + 1),
  };
}

/** The middle value, the upper one of two. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
