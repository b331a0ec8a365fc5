/** @file Runs a long computation in short slices between frames. */
import type { RuleSearch } from '../evaluation/find-rule.ts';
import { pageTimer, type Timer } from './timer.ts';

/** A slice ends with the first replay that goes beyond this. */
const SLICE_MS = 8;
/** Room for input between two slices. */
const PAUSE_MS = 4;

/** Says after each slice how far it is, 0 to 1; at 1 the search is done. Returns a function that gives the search up. */
export function carryOut(
  search: Pick<RuleSearch, 'done' | 'progress' | 'next'>,
  progressed: (share: number) => void,
  clock: Timer = pageTimer,
): () => void {
  let wanted = true;
  function slice(): void {
    if (!wanted) return;
    const begun = clock.now();
    while (!search.done && clock.now() - begun < SLICE_MS) search.next();
    progressed(search.progress);
    if (!search.done) clock.later(slice, PAUSE_MS);
  }
  clock.later(slice, 0);
  return () => (wanted = false);
}
