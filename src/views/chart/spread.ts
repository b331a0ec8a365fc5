/** @file Spreads direct labels so that they never overlap. */

/**
 * Moves labels apart along y, in the order of their wishes, so that neighbours are at least `gap` px apart and all lie
 * between `low` and `high`; what does not fit runs over at `high`. Returns copies, sorted by y.
 */
export function spread<T extends { y: number }>(labels: readonly T[], gap: number, low: number, high: number): T[] {
  const placed = labels.map((label) => ({ ...label })).sort((a, b) => a.y - b.y);
  let least = low;
  for (const label of placed) {
    label.y = Math.max(label.y, least);
    least = label.y + gap;
  }
  let most = Math.max(high, low + gap * (placed.length - 1));
  for (const label of placed.reverse()) {
    label.y = Math.min(label.y, most);
    most = label.y - gap;
  }
  return placed.reverse();
}
