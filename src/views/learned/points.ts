/** @file Training and test points in raw units, as the reader knows them. */
import type { Replicas } from '../../engine/data/replicas.ts';

/** Inputs of replica r's training points `[n, D]` in raw units, and their targets `[n]`, raw as well. */
export function trainingPoints(
  { train, features, standardisation }: Replicas,
  replica: number,
): { x: Float64Array; y: Float64Array } {
  const from = replica * train.size;
  const x = rawInputs(train.x.subarray(from * features, (from + train.size) * features), standardisation);
  const { target } = standardisation;
  const y = Float64Array.from(train.y.subarray(from, from + train.size), (value) =>
    target ? value * target.sd + target.mean : value,
  );
  return { x, y };
}

/** `raw = seen / scale · sd + mean`, input by input. */
export function rawInputs(seen: Float32Array, { mean, sd, scale }: Replicas['standardisation']): Float64Array {
  const D = mean.length;
  return Float64Array.from(seen, (value, i) => (value / scale) * sd[i % D]! + mean[i % D]!);
}

/** The raw inputs of the decomposition points, `[points, D]`. */
export function decompositionInputs({ test, features, standardisation }: Replicas, points: Int32Array): Float64Array {
  const seen = new Float32Array(points.length * features);
  points.forEach((point, i) => seen.set(test.x.subarray(point * features, (point + 1) * features), i * features));
  return rawInputs(seen, standardisation);
}
