/** @file Converts between raw units and the standardised values that the network sees. */

type Numbers = ArrayLike<number>;

/** `seen = (raw − mean) / sd · scale` for each input, `raw = seen · sd + mean` for the target. */
export interface Standardisation {
  mean: Float64Array;
  sd: Float64Array;
  scale: number;
  /** Null for classification, and for generated data, whose targets stay as they are. */
  target: { mean: number; sd: number } | null;
}

/** Raw inputs `[n, D]` as the network sees them. */
export function toSeen({ mean, sd, scale }: Standardisation, raw: Numbers): Float32Array {
  const D = mean.length;
  const seen = new Float32Array(raw.length);
  for (let i = 0; i < seen.length; i++) seen[i] = ((raw[i]! - mean[i % D]!) / sd[i % D]!) * scale;
  return seen;
}

/** Chosen rows of a row-major matrix of `width` columns. */
export function rowsOf(matrix: Numbers, width: number, rows: Int32Array): Float64Array {
  const out = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    for (let j = 0; j < width; j++) out[i * width + j] = matrix[row * width + j]!;
  });
  return out;
}

/**
 * Mean and standard deviation (divided by n) of each column over chosen rows; a constant column gets sd 1, so that it
 * becomes 0. Plain loops over the matrix as it is: a table may hold millions of numbers, and the page waits.
 */
export function moments(matrix: Numbers, width: number, rows: Int32Array): { mean: Float64Array; sd: Float64Array } {
  const n = rows.length;
  const mean = new Float64Array(width);
  const sd = new Float64Array(width);
  const first = Float64Array.from({ length: width }, (_, j) => matrix[rows[0]! * width + j]!);
  const varies = new Uint8Array(width);
  for (let i = 0; i < n; i++) {
    const at = rows[i]! * width;
    for (let j = 0; j < width; j++) {
      const value = matrix[at + j]!;
      mean[j]! += value;
      if (value !== first[j]) varies[j] = 1;
    }
  }
  for (let j = 0; j < width; j++) mean[j]! /= n;
  for (let i = 0; i < n; i++) {
    const at = rows[i]! * width;
    for (let j = 0; j < width; j++) {
      const apart = matrix[at + j]! - mean[j]!;
      sd[j]! += apart * apart;
    }
  }
  for (let j = 0; j < width; j++) {
    sd[j] = varies[j] ? Math.sqrt(sd[j]! / n) : 1;
    if (!varies[j]) mean[j] = first[j]!;
  }
  return { mean, sd };
}
