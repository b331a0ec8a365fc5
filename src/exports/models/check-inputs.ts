/** @file Raw inputs that every model file is checked with: made from the standardisation alone, they give no row away. */
import type { Standardisation } from '../../engine/data/standardisation.ts';

/** How many inputs and outputs a file carries. */
export const CHECKED = 8;

/**
 * `[8][D]`, float32: points of the additive recurrence with the golden ratio's generalisation (Roberts 2018), which fills
 * the cube evenly in every dimension, spread over mean ± 2 standard deviations.
 */
export function checkInputs({ mean, sd }: Pick<Standardisation, 'mean' | 'sd'>): number[][] {
  const D = mean.length;
  let root = 2;
  for (let i = 0; i < 64; i++) root = (1 + root) ** (1 / (D + 1));
  return Array.from({ length: CHECKED }, (_, n) =>
    Array.from(mean, (m, i) => {
      const place = (0.5 + (n + 1) / root ** (i + 1)) % 1;
      return Math.fround(m + (4 * place - 2) * sd[i]!);
    }),
  );
}
