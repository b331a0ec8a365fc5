/** @file Chooses the epochs that a table twin lists: close together at first, then evenly, and always the last. */

/** Indices of at most about twenty of the epochs recorded. */
export function twinEpochs(length: number): number[] {
  const chosen = new Set<number>();
  for (let trained = 1; trained <= length / 10; trained *= 2) chosen.add(trained - 1);
  for (let tenth = 1; tenth <= 10; tenth++) chosen.add(Math.ceil((length * tenth) / 10) - 1);
  return [...chosen].filter((epoch) => epoch >= 0).sort((a, b) => a - b);
}
