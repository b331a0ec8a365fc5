/** @file Splits long work into short slices between frames. */
import type { Timer } from '../../session/timer.ts';

/** ms of work at a time. */
const SLICE_MS = 5;

/** Carries work through; it waits wherever the work yields after a slice is used up. */
export async function inSlices<T>(work: Generator<void, T>, clock: Timer): Promise<T> {
  let begun = clock.now();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (clock.now() - begun < SLICE_MS) continue;
    await new Promise<void>((go) => clock.later(go, 0));
    begun = clock.now();
  }
}
