/** @file For tests: early, late, level or below judged again, number by number, from errors and kept epochs alone. */
import type { Grade } from './grade.ts';

/** Mean and standard error of the mean, from the definition. */
function meanOf(values: number[]): { mean: number; se: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { mean, se: Math.sqrt(squares / (values.length - 1) / values.length) };
}

/**
 * Whether rounding decides: a tape keeps errors in float32, and a mean may be as large as its standard error (one value
 * far above all others gives exactly that).
 */
export function isTie(errors: number[][], kept: number[]): boolean {
  const epochs = errors[0]!.map((_, e) => e);
  const means = epochs.map((e) => errors.reduce((sum, row) => sum + row[e]!, 0) / errors.length);
  const best = means.indexOf(Math.min(...means));
  const close = (x: number, y: number) => Math.abs(x - y) < 1e-5 * (Math.abs(x) + Math.abs(y)) + 1e-9;
  const tied = ({ mean, se }: { mean: number; se: number }) =>
    close(Math.abs(mean), se) || close(Math.abs(mean), 2 * se);
  const above = (of: (r: number) => number) => meanOf(errors.map((row, r) => row[of(r)]! - row[best]!));
  const sameMean = epochs.some((e) => e !== best && close(means[e]!, means[best]!));
  return (
    sameMean ||
    (kept.some((epoch) => epoch !== best) && tied(above((r) => kept[r]!))) ||
    epochs.some((e) => e !== best && tied(above(() => e))) ||
    (kept.some((epoch) => epoch !== best) && tied(meanOf(kept.map((epoch) => epoch - best))))
  );
}

/** `errors[r][e]`: error of replica r after epoch e; `kept[r]`: the epoch that it keeps. All replicas are sound. */
export function judgePlainly(errors: number[][], kept: number[]): { grade: Grade; sure: boolean } {
  const epochs = errors[0]!.map((_, e) => e);
  const means = epochs.map((e) => errors.reduce((sum, row) => sum + row[e]!, 0) / errors.length);
  const best = epochs.find((e) => means.every((mean) => means[e]! <= mean))!;
  const cost = meanOf(errors.map((row, r) => row[kept[r]!]! - row[best]!));
  if (Number.isNaN(cost.se)) return { grade: 'unknown', sure: false };
  if (Math.abs(cost.mean) <= cost.se) return { grade: 'level', sure: false };
  if (cost.mean < 0) return { grade: 'below', sure: -cost.mean > 2 * cost.se };

  const isLevel = (e: number) => {
    const above = meanOf(errors.map((row) => row[e]! - row[best]!));
    return above.mean <= above.se;
  };
  const first = epochs.filter((e) => e < best && !isLevel(e)).at(-1) ?? -1;
  const last = epochs.find((e) => e > best && !isLevel(e)) ?? epochs.length;
  const away = meanOf(kept.map((epoch) => epoch - best));
  const meanKept = best + away.mean;
  const onOneSide = meanKept < first + 1 || meanKept > last - 1;
  if (!onOneSide || Math.abs(away.mean) <= away.se) return { grade: 'unknown', sure: false };

  let early = 0;
  let late = 0;
  for (const [r, row] of errors.entries()) {
    if (kept[r]! < best) early += row[kept[r]!]! - row[best]!;
    if (kept[r]! > best) late += row[kept[r]!]! - row[best]!;
  }
  if (meanKept < best ? early <= late : late <= early) return { grade: 'unknown', sure: false };
  const sure = cost.mean > 2 * cost.se && Math.abs(away.mean) > 2 * away.se;
  return { grade: meanKept < best ? 'early' : 'late', sure };
}
