/** @file How the loss changes when inputs are disturbed and beyond the inputs that training saw. */
import type { GeneratedDataset } from '../../datasets/contract.ts';
import { datasetOf } from '../../datasets/index.ts';
import type { Experiment } from '../engine/experiment/experiment.ts';
import { classifies } from '../engine/model/objectives.ts';
import type { MapTargets } from '../engine/protocol.ts';
import { stream } from '../engine/random.ts';
import type { Replicas } from '../engine/data/replicas.ts';
import { estimate, paired, type Estimate } from '../decomposition/estimate.ts';

/** How much farther from their mean the inputs of the last part lie. */
export const FARTHER = 1.5;
/** Test points that are disturbed, evenly thinned from the test set where it has more. */
export const MOST_DISTURBED_POINTS = 1024;

/** The same n test points as they are, with noise on the inputs and, under a known law, farther out: one after the other. */
export interface Disturbed {
  /** n */
  size: number;
  /** Whether the third part is there. */
  farther: boolean;
  /** `[parts · n, D]`, as the network sees them. */
  points: Float32Array;
  /** Noisy inputs keep their target, as a mismeasured point would; those farther out have the law's. */
  against: MapTargets;
}

/** One part: its loss, and how much it lies above that of the test points as they are. */
export interface Disturbance {
  loss: Estimate;
  /** Paired over replicas; null for the points as they are. */
  more: Estimate | null;
}

export interface Robustness {
  asTheyAre: Disturbance;
  noisy: Disturbance;
  farther: Disturbance | null;
}

/**
 * Normal noise of `sd` standard deviations of each input, the same numbers at every sd. Yields after each point, so that
 * the page can draw between.
 */
export function* disturb(experiment: Experiment, replicas: Replicas, sd: number): Generator<void, Disturbed> {
  const { features: D, outputs: K, test, standardisation } = replicas;
  const dataset = datasetOf(experiment.data.source);
  const law = dataset?.kind === 'generated' ? dataset : null;
  const size = Math.min(test.size, MOST_DISTURBED_POINTS);
  const parts = law ? 3 : 2;
  const points = new Float32Array(parts * size * D);
  const target = new Float64Array(parts * size * K);
  const noise = new Float64Array(parts * size);
  const numbers = stream(experiment.seed, 'test-noise', 0, 0);
  const raw = new Float64Array(D);
  for (let i = 0; i < size; i++) {
    const from = Math.floor(((i + 0.5) * test.size) / size);
    const [noisy, far] = [size + i, 2 * size + i];
    for (let d = 0; d < D; d++) {
      const x = test.x[from * D + d]!;
      points[i * D + d] = x;
      points[noisy * D + d] = x + sd * standardisation.scale * numbers.normal();
      if (law) points[far * D + d] = FARTHER * x;
      raw[d] = (FARTHER * x * standardisation.sd[d]!) / standardisation.scale + standardisation.mean[d]!;
    }
    for (const at of [i, noisy]) {
      target.set(test.target.subarray(from * K, (from + 1) * K), at * K);
      noise[at] = test.noise[from]!;
    }
    if (law) {
      target.set(truthAt(law, raw, experiment, K), far * K);
      // For classes the noise is in the probabilities; the loss of a value asks for its variance.
      noise[far] = classifies(experiment.objective) ? 0 : experiment.data.noise ** 2;
    }
    yield;
  }
  return { size, farther: law !== null, points, against: { target, noise } };
}

function truthAt(law: GeneratedDataset, raw: Float64Array, { data }: Experiment, outputs: number): number[] {
  const truth = law.truth(raw, data);
  return outputs === 1 ? [truth] : [1 - truth, truth];
}

/**
 * Mean over the n points, then over the replicas that `counts`. `losses` is `[R, parts · n]`. Null if no replica is left
 * with a finite loss on the points as they are; elsewhere replicas without one are left out.
 */
export function robustness(
  losses: Float32Array,
  { size, farther }: Pick<Disturbed, 'size' | 'farther'>,
  counts: (replica: number) => boolean,
): Robustness | null {
  const parts = farther ? 3 : 2;
  const R = losses.length / (parts * size);
  const means = (part: number) =>
    Float64Array.from({ length: R }, (_, r) => {
      if (!counts(r)) return NaN;
      let sum = 0;
      for (let i = 0; i < size; i++) sum += losses[(r * parts + part) * size + i]!;
      return Number.isFinite(sum) ? sum / size : NaN;
    });
  const plain = means(0);
  const partOf = (part: number): Disturbance | null => {
    const own = means(part);
    const loss = estimate(own);
    return loss && { loss, more: part === 0 ? null : paired(own, plain) };
  };
  const [asTheyAre, noisy] = [partOf(0), partOf(1)];
  return asTheyAre && noisy && { asTheyAre, noisy, farther: farther ? partOf(2) : null };
}
