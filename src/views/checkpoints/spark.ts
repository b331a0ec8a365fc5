/** @file The small curve of a checkpoint: test error by epoch, on one scale for all rows. */
import type { CheckpointMeta } from '../../checkpoints/checkpoint.ts';

export const SPARK_WIDTH = 64;
export const SPARK_HEIGHT = 28;
/** Above this multiple of its lowest error a curve is cut: the first epochs would flatten all that follows. */
const CUT = 1.8;

export interface SparkScale {
  low: number;
  high: number;
}

/** From the lowest error less its noise floor where that is common, to the cut of the row that errs most. */
export function sparkScale(rows: readonly CheckpointMeta[]): SparkScale {
  const lowest = rows.flatMap(({ curves }) => least(curves.error) ?? []);
  const floors = rows.flatMap(({ outcome: { error, bias2, variance } }) => {
    const noise = error - bias2 - variance;
    return Number.isFinite(noise) ? [Math.max(0, noise)] : [];
  });
  const low = Math.min(...floors, ...lowest);
  const worst = Math.max(...lowest);
  const high = low + Math.max(worst - low, 1e-9) * CUT;
  return Number.isFinite(low) && Number.isFinite(high) ? { low, high } : { low: 0, high: 1 };
}

export function sparkX(epoch: number, epochs: number): number {
  return epochs > 1 ? (epoch / (epochs - 1)) * SPARK_WIDTH : SPARK_WIDTH / 2;
}

export function sparkY(error: number, { low, high }: SparkScale): number {
  const share = Math.min(1, Math.max(0, (error - low) / (high - low)));
  return SPARK_HEIGHT - 1 - share * (SPARK_HEIGHT - 2);
}

/** The path of a curve, at most one point a pixel; it breaks where the error is not finite. */
export function sparkPath(error: ArrayLike<number>, scale: SparkScale): string {
  const step = Math.max(1, Math.floor(error.length / SPARK_WIDTH));
  let path = '';
  let pen = 'M';
  for (let e = 0; e < error.length; e += step) {
    const value = error[e]!;
    if (Number.isFinite(value))
      path += `${pen}${sparkX(e, error.length).toFixed(1)} ${sparkY(value, scale).toFixed(1)}`;
    pen = Number.isFinite(value) ? 'L' : 'M';
  }
  return path;
}

function least(values: ArrayLike<number>): number | null {
  let found = Infinity;
  for (let i = 0; i < values.length; i++) if (values[i]! < found) found = values[i]!;
  return found === Infinity ? null : found;
}
