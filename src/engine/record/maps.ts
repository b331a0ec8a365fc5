/** @file Mean and variance of all replicas' predictions at chosen points, for the maps of two inputs. */
import type { WeightArchive } from './weight-archive.ts';
import { forward } from '../model/network.ts';
import { objectiveMath } from '../model/objectives.ts';
import type { MapReply, MapTargets } from '../protocol.ts';
import type { Job } from '../trainers/trainer.ts';

/**
 * Predictions at `points` `[G, D]` with each replica's kept weights nearest to `epochs` `[R]`. Replicas without a finite
 * prediction at a point are left out there; where fewer than two are left the variance is NaN. Losses are those of the
 * test set: expected over the noise. `yieldToMessages` is awaited between replicas.
 */
export async function mapReplicas(
  { experiment, layout, replicas }: Job,
  archive: WeightArchive,
  epochs: Int32Array,
  points: Float32Array,
  yieldToMessages: () => Promise<void>,
  against: MapTargets | null = null,
): Promise<MapReply> {
  const { count: R, features: D, outputs: K } = replicas;
  if (epochs.length !== R) throw new Error(`map: ${epochs.length} epochs were given for ${R} replicas`);
  const G = points.length / D;
  const math = objectiveMath(experiment);
  const used = epochs.map((epoch, r) => archive.nearest(r, epoch));
  const picked = Array.from(used, (epoch, r) => archive.pick(r, epoch).weights);
  // Welford's running mean and sum of squared deviations.
  const seen = new Float64Array(G);
  const mean = new Float64Array(G * K);
  const deviations = new Float64Array(G);
  const predicted = new Float64Array(K);
  const losses = against && new Float32Array(R * G);
  for (const [r, weights] of picked.entries()) {
    await yieldToMessages();
    const z = forward(layout, weights, points, G);
    for (let g = 0; g < G; g++) {
      if (losses) losses[r * G + g] = math.loss(z, g * K, against.target, g * K, K, against.noise[g]);
      math.predict(z, g * K, K, predicted, 0);
      if (!predicted.every(Number.isFinite)) continue;
      const n = (seen[g]! += 1);
      predicted.forEach((value, k) => {
        const delta = value - mean[g * K + k]!;
        mean[g * K + k]! += delta / n;
        deviations[g]! += delta * (value - mean[g * K + k]!);
      });
    }
  }
  const variance = Float32Array.from(deviations, (sum, g) => (seen[g]! < 2 ? NaN : sum / (seen[g]! - 1)));
  return {
    mean: Float32Array.from(mean, (value, i) => (seen[Math.floor(i / K)] === 0 ? NaN : value)),
    variance,
    epochs: used,
    losses,
  };
}
